using OptDsl.Mpi.Messages;

namespace OptDsl.Mpi;

/// <summary>
/// An <see cref="Optimizer{T}"/> whose states and steps are divided among the ranks of a <see cref="World"/> (ZeRO, stage 1): the gradients of
/// all ranks are combined, each rank steps its share with the states that it alone keeps, and all get the new weights.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>
/// Every rank has all weights, and the gradients of its part of the batch. It makes the same calls as the others: adds the same parameters
/// with the same rules, steps as often, saves and loads the same file, and asks for states and averages with them. What is different is found
/// before anything is done with it, and named on every rank.
/// </para>
/// <para>
/// <b>Bits.</b> The same combined gradients give the same weights, states and checkpoints, bit for bit, for any number of ranks, and as one
/// <see cref="Optimizer{T}"/> alone. Gradients are added in the order of the ranks, floats in double, and rounded once: where every rank has the
/// same gradient, their mean is that gradient.
/// </para>
/// <para>
/// <b>Faults.</b> A step is refused on all ranks or on none. Where a rank has died, all others get a <see cref="WorldException"/> that is
/// <see cref="WorldException.IsFinal"/>. After one in the middle of a step, load the last checkpoint.
/// </para>
/// <para>
/// <b>Measures.</b> The norms of weights and of updates are NaN where a parameter's gradient has rows: no rank has all of them. The norms of
/// gradients are exact.
/// </para>
/// </remarks>
public sealed class ShardedOptimizer<T> : Optimizer<T>
    where T : unmanaged
{
    private readonly Peers<T> _ranks;

    /// <summary>An optimizer without parameters.</summary>
    /// <param name="world">The ranks.</param>
    /// <param name="reduction">What the ranks' gradients make together.</param>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither <see cref="float"/> nor <see cref="double"/>.</exception>
    public ShardedOptimizer(World world, GradientReduction reduction = GradientReduction.Mean)
        : this(new Peers<T>(world ?? throw new ArgumentNullException(nameof(world))) { Reduction = reduction })
    {
    }

    private ShardedOptimizer(Peers<T> ranks)
        : base(ranks) => _ranks = ranks;

    /// <summary>What the ranks' gradients make together.</summary>
    public GradientReduction Reduction => _ranks.Reduction;

    /// <summary>The number of elements whose states this rank keeps; all, before the first step.</summary>
    public new long SharedElements => base.SharedElements;

    /// <summary>Gives all ranks the weights of rank 0. Every rank calls it; needed where they were drawn with different seeds.</summary>
    /// <exception cref="WorldException">A rank is lost, does something else, or has other parameters.</exception>
    public void BroadcastWeights() => SpreadFirstWeights();
}
