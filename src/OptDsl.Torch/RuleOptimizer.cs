using System.Runtime.InteropServices;
using OptDsl.Torch.Kernels;
using OptDsl.Torch.Plans;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OptDsl.Torch;

/// <summary>
/// An optimizer of TorchSharp that updates its parameters by rules of this library, ready-made or declared. What TorchSharp does
/// with its own optimizers, it does with this one: schedulers, <c>zero_grad</c>, closures, parameter groups, <c>state_dict</c>.
/// </summary>
/// <remarks>
/// <para>
/// Contiguous parameters of float32 and float64 in the CPU's memory are stepped by the rules' kernels, where they lie. All others
/// are stepped by the same formulas through operations of torch, in float32 where weights are of 16 bits.
/// </para>
/// <para>
/// A parameter whose gradient is null, or whose <c>requires_grad</c> is false, takes no part in a step: its weights, states and
/// step count stay as they are. Autograd learns of every change: a step between forward and backward pass throws there.
/// </para>
/// <para>Not thread-safe, as torch's own are not.</para>
/// </remarks>
public sealed partial class RuleOptimizer : OptimizerHelper, optim.IMomentum
{
    private readonly RuleOptimizerOptions _options;
    private readonly List<TrainedParameter> _trained = [];
    private readonly List<RuleGroup> _groups = [];
    private readonly KernelEngine<float> _floats = new();
    private readonly KernelEngine<double> _doubles = new();
    private readonly TensorEngine _tensors;
    private readonly List<Tensor> _gradients = [];
    private int _builtGroups;
    private bool _isDisposed;

    /// <summary>An optimizer of several groups.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="options">What concerns the whole optimizer.</param>
    /// <exception cref="ArgumentException">There are no parameters, two have one name, or a group is in an optimizer already.</exception>
    public RuleOptimizer(IEnumerable<RuleGroup> groups, RuleOptimizerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(groups);
        _options = options ?? new RuleOptimizerOptions();
        _tensors = new TensorEngine(_options.SixteenBitWeights);
        _parameter_groups = [];
        foreach (var group in groups)
            add_param_group(group);
        if (_groups.TrueForAll(group => group.NamedParameters.Count == 0))
            throw new ArgumentException("There are no parameters to update.", nameof(groups));
    }

    /// <summary>The groups, in the order in which they were added.</summary>
    public IReadOnlyList<RuleGroup> Groups => _groups;

    /// <summary>The momentum of the groups, for the schedulers of TorchSharp that ask whether there is any.</summary>
    double optim.IMomentum.Momentum
    {
        get => ((optim.IMomentum)_groups[0]).Momentum;
        set => _groups.ForEach(group => ((optim.IMomentum)group).Momentum = value);
    }

    /// <summary>Adds a group: parameters of another rule or rate, or layers that begin to train.</summary>
    /// <param name="param_group">A <see cref="RuleGroup"/>.</param>
    /// <exception cref="ArgumentException">It is another group, is in an optimizer already, or has a parameter's name.</exception>
    public override void add_param_group(ParamGroup param_group)
    {
        if (param_group is not RuleGroup group)
            throw new ArgumentException($"Groups of this optimizer say by which rule they are updated: add a {nameof(RuleGroup)}.", nameof(param_group));
        if (group.Optimizer is not null)
            throw new ArgumentException("The group is in an optimizer already.", nameof(param_group));

        var number = _groups.Sum(other => other.NamedParameters.Count);
        var known = _groups.SelectMany(other => other.NamedParameters).ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        var seen = known.Values.Select(Identity).ToHashSet();
        group.Rename(parameter => seen.Add(Identity(parameter)) && parameter.Parameter.numel() > 0
            ? parameter.Name == "" ? new NamedParameter($"{number++}", parameter.Parameter) : parameter
            : null);
        foreach (var parameter in group.NamedParameters)
        {
            if (!known.TryAdd(parameter.Name, parameter))
                throw new ArgumentException($"There are two parameters '{parameter.Name}'; names tell parameters apart in files and must differ.", nameof(param_group));
        }

        Append(group);
    }

    /// <summary>
    /// Moves the parameters that match to a group of their own, with another rule, and another rate if it is given. Keeps weight decay off biases
    /// and norms in one line: <c>optimizer.Except(p => p.Rank &lt; 2, rate => new AdamW { LearningRate = rate, WeightDecay = 0 })</c>.
    /// </summary>
    /// <param name="matches">True for the parameters to move.</param>
    /// <param name="rule">Makes their rule, given the learning rate.</param>
    /// <param name="lr">Their learning rate; that of the first group unless given.</param>
    /// <returns>This optimizer; the new group is the last of <see cref="Groups"/>.</returns>
    /// <exception cref="InvalidOperationException">The optimizer has stepped: states belong to the rules that made them.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative, infinite or NaN.</exception>
    public RuleOptimizer Except(Func<NamedParameter, bool> matches, Func<GroupRate, IUpdateRule> rule, double? lr = null)
    {
        ArgumentNullException.ThrowIfNull(matches);
        if (_builtGroups > 0)
            throw new InvalidOperationException("The optimizer has stepped, and states belong to the rules that made them. Split groups before the first step.");
        var moved = _groups.SelectMany(group => group.NamedParameters).Where(matches).ToHashSet();
        var except = new RuleGroup([.. moved], lr ?? _groups[0].LearningRate, rule);
        foreach (var group in _groups)
            group.Rename(parameter => moved.Contains(parameter) ? null : parameter);
        Append(except);
        return this;
    }

    /// <summary>Updates the parameters by the gradients that they have now.</summary>
    /// <param name="closure">Computes the loss anew, with gradients; none unless given.</param>
    /// <returns>The loss of the closure, if there is one.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A hyper-parameter is out of its range or NaN.</exception>
    /// <exception cref="NotSupportedException">A gradient is sparse, or a parameter is of a type that no rule updates.</exception>
    /// <exception cref="InvalidOperationException">A parameter has been disposed of.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer has been disposed of.</exception>
    public override Tensor? step(Func<Tensor>? closure = null)
    {
        Tensor? loss = null;
        if (closure is not null)
        {
            using (torch.enable_grad())
                loss = closure();
        }

        using var _ = torch.no_grad();
        Build();
        foreach (var group in CollectionsMarshal.AsSpan(_groups))
            group.FollowRate();
        try
        {
            foreach (var parameter in CollectionsMarshal.AsSpan(_trained))
            {
                if (parameter.Gradient() is not { } gradient)
                    continue;
                _gradients.Add(gradient);
                parameter.Engine.Take(parameter, gradient);
            }

            var threads = _options.Threads ?? torch.get_num_threads();
            _floats.Step(threads);
            _doubles.Step(threads);
            _tensors.Step(threads);
        }
        finally
        {
            _floats.Release();
            _doubles.Release();
            _tensors.Release();
            foreach (var gradient in CollectionsMarshal.AsSpan(_gradients))
                gradient.Dispose();
            _gradients.Clear();
        }

        return loss;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _isDisposed = true;
            _floats.Dispose();
            _doubles.Dispose();
            _tensors.Dispose();
        }

        base.Dispose(disposing);
    }

    // Two objects may stand for one tensor of torch: where its elements lie tells.
    private static (nint, long) Identity(NamedParameter parameter) =>
        parameter.Parameter.device_type == DeviceType.CPU && parameter.Parameter.is_contiguous() && parameter.Parameter.numel() > 0
            ? (AddressOf(parameter.Parameter), parameter.Parameter.numel())
            : (parameter.Parameter.Handle, 0);

    private static nint AddressOf(Tensor tensor)
    {
        // Spans have at most 2³¹ - 1 bytes; the first element is enough.
        using var first = tensor.detach().view(-1).narrow(0, 0, 1);
        return TensorMemory.Address(first.bytes);
    }

    private void Append(RuleGroup group)
    {
        group.Optimizer = this;
        _groups.Add(group);
        _parameter_groups.Add(group);
        foreach (var parameter in group.NamedParameters)
            _state[parameter.Parameter.Handle] = new RuleState(parameter, this);
    }

    /// <summary>Gives each new group its engines. Tensors that share what a group has are stepped by one.</summary>
    private void Build()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        for (; _builtGroups < _groups.Count; _builtGroups++)
        {
            var group = _groups[_builtGroups];
            var engines = group.NamedParameters.Select(EngineOf).ToList();
            if (engines.Distinct().Skip(1).Any() && SharesValues(group.Rule))
                engines = engines.ConvertAll<Engine>(_ => _tensors);
            List<TrainedParameter> trained = [.. group.NamedParameters.Zip(engines, (named, engine) => new TrainedParameter(group, named) { Engine = engine })];
            foreach (var parameter in trained.Where(parameter => parameter.Engine == _tensors))
                TensorSlot.ElementOf(parameter.Parameter, parameter.Name);

            // First the engine that may refuse the rule: then nothing has been added to another.
            foreach (var ofEngine in trained.GroupBy(parameter => parameter.Engine).OrderByDescending(engine => engine.Key == _tensors))
                ofEngine.Key.Add(group, [.. ofEngine]);
            _trained.AddRange(trained);
        }

        Engine EngineOf(NamedParameter named)
        {
            var (parameter, rule) = (named.Parameter, _groups[_builtGroups].Rule);
            if (_options.WithoutKernels)
                return _tensors;
            if (rule is IUpdateRule<float> && TrainedParameter.IsForKernels(parameter, ScalarType.Float32))
                return _floats;
            return rule is IUpdateRule<double> && TrainedParameter.IsForKernels(parameter, ScalarType.Float64) ? _doubles : _tensors;
        }
    }

    private static bool SharesValues(IUpdateRule rule) =>
        rule.Description.GroupStateCount > 0 || rule.Description.Reductions.Any(reduction => reduction.Per == Per.Group);
}
