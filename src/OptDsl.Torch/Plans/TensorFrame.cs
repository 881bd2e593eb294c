using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using static TorchSharp.torch;

namespace OptDsl.Torch.Plans;

/// <summary>One step of one tensor: the values of a plan's nodes while it runs. Runs in a dispose scope of its own, which clears up what is left.</summary>
internal sealed class TensorFrame
{
    private readonly TensorPlan _plan;
    private readonly StepScalars _scalars;
    private readonly TensorArithmetic _arithmetic;
    private readonly IReadOnlyDictionary<StoredSymbol, Tensor> _stored;
    private readonly Tensor? _gradient;
    private readonly Tensor _like;
    private readonly TensorValue[] _values;

    /// <param name="plan">The plan.</param>
    /// <param name="scalars">The numbers of the step.</param>
    /// <param name="arithmetic">For the type and device of the tensors.</param>
    /// <param name="stored">The parameter and the states as they are before the step.</param>
    /// <param name="gradient">The gradient; null for a plan of initial values.</param>
    /// <param name="like">A tensor with the parameter's shape and layout.</param>
    public TensorFrame(
        TensorPlan plan, StepScalars scalars, TensorArithmetic arithmetic, IReadOnlyDictionary<StoredSymbol, Tensor> stored, Tensor? gradient, Tensor like)
    {
        (_plan, _scalars, _arithmetic, _stored, _gradient, _like) = (plan, scalars, arithmetic, stored, gradient, like);
        _values = new TensorValue[plan.Nodes.Count];
    }

    /// <summary>The value of a node that has been computed, or over a group the part of this tensor.</summary>
    public TensorValue this[int node]
    {
        get => _values[node];
        set => _values[node] = value;
    }

    /// <summary>The gradient.</summary>
    public Tensor? GradientTensor => _gradient;

    /// <summary>The weights before the step, or, where the step works in place, after it.</summary>
    public Tensor Weights(RuleModel model) => _stored[model.Parameter];

    /// <summary>What a stored tensor becomes, in the type of arithmetic.</summary>
    public Tensor Numeric(PlanRoot root) => _arithmetic.Numeric(_values[root.Node]);

    /// <summary>Computes all nodes.</summary>
    public void Run()
    {
        for (var node = 0; node < _plan.Nodes.Count; node++)
            Run(node);
    }

    /// <summary>Computes one node from those before it.</summary>
    public void Run(int number)
    {
        if (_plan.Nodes[number] is not { } node)
            return;
        var writable = Writable(number, node);
        var value = Compute(node, writable);
        if (value.Tensor is { } result && !ReferenceEquals(result, writable) && node.Operands.Any(operand => ReferenceEquals(result, _values[operand].Tensor)))
            value = result.clone();
        _values[number] = value;
        foreach (var operand in node.Operands)
        {
            if (_plan.LastReaders[operand] == number && IsOwn(operand) && _values[operand].Tensor is { } tensor && !ReferenceEquals(tensor, _values[number].Tensor))
                tensor.Dispose();
        }
    }

    /// <summary>What a stored tensor becomes: one that nothing else uses.</summary>
    /// <param name="root">The node.</param>
    /// <param name="used">The tensors that are in use elsewhere; the result is added.</param>
    public Tensor Take(PlanRoot root, HashSet<Tensor> used)
    {
        var value = _values[root.Node];
        var tensor = root.Symbol.Cardinality == Cardinality.PerElement ? _arithmetic.Element(value) : _arithmetic.Single(value);
        if (!used.Add(tensor))
            used.Add(tensor = tensor.clone());
        return tensor;
    }

    private TensorValue Compute(PlanNode node, Tensor? writable)
    {
        var (a, b, c) = (Operand(node.First), Operand(node.Second), Operand(node.Third));
        var factor = node.Scalar is null ? 1 : _scalars.Of(node.Scalar);
        return node.Kind switch
        {
            NodeKind.Step => factor,
            NodeKind.Stored => _stored[node.Symbol!],
            NodeKind.Gradient => _gradient!,
            NodeKind.Count => (double)_like.numel(),
            NodeKind.Fill => _arithmetic.Fill(a, _like),
            NodeKind.Reduction => _arithmetic.Reduce(node.Operation, a, b),
            NodeKind.AddScaled => _arithmetic.AddScaled(a, b, node.Subtracts ? -factor : factor, writable),
            NodeKind.AddProduct => _arithmetic.AddProduct(a, b, c, node.Subtracts ? -factor : factor, writable),
            NodeKind.AddQuotient => _arithmetic.AddQuotient(a, b, c, node.Subtracts ? -factor : factor, writable),
            _ when node.Second < 0 => _arithmetic.Apply(node.Operation, a, writable),
            _ => _arithmetic.Apply(node.Operation, a, b, c, writable),
        };
    }

    private TensorValue Operand(int node) => node < 0 ? default : _values[node];

    /// <summary>The tensor of an operand that nothing reads afterwards, so that the result can take its place.</summary>
    private Tensor? Writable(int number, PlanNode node)
    {
        if (!node.PerElement)
            return null;
        foreach (var operand in node.Operands)
        {
            if (_plan.LastReaders[operand] == number && _plan.Nodes[operand]!.PerElement && (IsOwn(operand) || IsReplaced(operand))
                && _values[operand].Tensor is { dtype: not ScalarType.Bool } tensor)
                return tensor;
        }

        return null;
    }

    /// <summary>True for a tensor that this step has made.</summary>
    private bool IsOwn(int node) => _plan.Nodes[node]!.Kind is not (NodeKind.Stored or NodeKind.Gradient);

    private bool IsReplaced(int node) => _plan.Nodes[node] is { Kind: NodeKind.Stored } stored && _plan.Replaced.Contains(stored.Symbol!);
}
