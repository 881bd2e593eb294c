namespace OptDsl.Mpi;

/// <summary>What the ranks' gradients make together.</summary>
public enum GradientReduction
{
    /// <summary>Their mean: each rank has the mean over its part of the batch, and the parts are equally large.</summary>
    Mean,

    /// <summary>Their sum: each rank has divided by the size of the whole batch.</summary>
    Sum,
}
