using System.ComponentModel;
using System.Runtime.InteropServices;
using OptDsl.Execution;

namespace OptDsl.Kernels;

// Generated code names the type of the elements in any case.
#pragma warning disable CA1000

/// <summary>
/// One step of one tensor by a rule that sees rows and columns, outside an optimizer: what the optimizer would do, with memory that
/// a thread keeps for the tensors of one shape. For generated code.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class MatrixStep<T>
    where T : unmanaged
{
    [ThreadStatic]
    private static MatrixStep<T>? t_last;

    private readonly RuleDescription _description;
    private readonly TensorShape _tensor;
    private readonly RuleShape _rule;
    private readonly MatrixFrame<T> _frame;
    private readonly double[] _scalars;
    private readonly double[] _totals;
    private readonly double[] _tensorStates;
    private readonly double[] _groupStates;
    private StateLayout? _layout;
    private IUpdateRule<T> _stepped = null!;

    private MatrixStep(RuleDescription description, TensorShape tensor)
    {
        (_description, _tensor) = (description, tensor);
        _rule = new RuleShape(description);
        _frame = new MatrixFrame<T>(_rule, tensor) { Scratch = new ScratchSet<T>() };
        _frame.Scratch.MakeRoom(_rule, tensor);
        _scalars = new double[_rule.ScalarCount];
        _totals = new double[_rule.ReductionCount];
        _tensorStates = new double[_rule.TensorStates.Length];
        _groupStates = new double[_rule.GroupStates.Length];
    }

    /// <summary>Begins a step.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="step">The step, 1 for the first.</param>
    /// <param name="dimensions">The shape of the tensor.</param>
    /// <param name="length">How many elements it has.</param>
    /// <param name="argument">What the argument with the shape is called.</param>
    /// <exception cref="ArgumentException">The shape has another number of elements.</exception>
    public static MatrixStep<T> Begin(IUpdateRule<T> rule, RuleStep step, ReadOnlySpan<int> dimensions, int length, string argument)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var shape = TensorShape.Of(dimensions);
        if (shape.Length != length)
            throw new ArgumentException($"The shape [{string.Join(" × ", dimensions.ToArray())}] has {shape.Length} elements, and the parameter {length}.", argument);
        var self = t_last is { } last && ReferenceEquals(last._description, rule.Description) && last._tensor == shape ? last : new MatrixStep<T>(rule.Description, shape);
        t_last = self;
        self._stepped = rule;
        rule.BeginStep(step with { Shape = shape }, self._scalars);
        self.Layout();
        return self;
    }

    /// <summary>Takes a state that is a tensor over.</summary>
    /// <param name="state">Its position among the states that are tensors.</param>
    /// <param name="elements">Its elements.</param>
    /// <param name="argument">What the argument is called.</param>
    /// <exception cref="ArgumentException">It has another number of elements than its shape.</exception>
    public void Take(int state, ReadOnlySpan<T> elements, string argument)
    {
        if (!_layout!.Has(state) && elements.IsEmpty)
            return;
        var (description, length) = (_rule.ElementStates[state], Extents.Of(_rule.ElementStates[state]).Length(_tensor));
        if (elements.Length != length)
            throw new ArgumentException($"'{description.Symbol}' has {elements.Length} elements; for a parameter of {_tensor.Rows} × {_tensor.Columns} it has {length}, {(description.Shape == "" ? $"one {description.PerWords}" : description.Shape)}.", argument);
        if (_layout.Has(state))
            elements.CopyTo(_frame.States![state].Span);
    }

    /// <summary>Takes a state of one number over.</summary>
    /// <param name="isOfGroup">True for one of a group.</param>
    /// <param name="state">Its position among those per tensor or per group.</param>
    /// <param name="value">Its value.</param>
    public void TakeNumber(bool isOfGroup, int state, double value) => (isOfGroup ? _groupStates : _tensorStates)[state] = value;

    /// <summary>Makes the passes.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="gradient">Its gradient.</param>
    public void Run(Span<T> parameter, ReadOnlySpan<T> gradient)
    {
        for (var pass = 0; pass < _rule.PassCount; pass++)
        {
            BeforePass(pass);
            if (_stepped.HasPass(pass, _scalars))
                Run(pass, parameter, MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(gradient), gradient.Length));
        }

        BeforePass(_rule.PassCount);
    }

    /// <summary>Gives a state that is a tensor back.</summary>
    /// <param name="state">Its position among the states that are tensors.</param>
    /// <param name="elements">Receives its elements.</param>
    public void Give(int state, Span<T> elements)
    {
        if (_layout!.Has(state))
            _frame.States![state].Span.CopyTo(elements);
    }

    /// <summary>Gives a state of one number back.</summary>
    /// <param name="isOfGroup">True for one of a group.</param>
    /// <param name="state">Its position among those per tensor or per group.</param>
    public double Number(bool isOfGroup, int state) => (isOfGroup ? _groupStates : _tensorStates)[state];

    private void Layout()
    {
        var layout = StateLayout.Of(_rule.ElementStates, state => _stepped.HasState(state, _scalars));
        if (_layout is not null && _layout.SameAs(layout))
            return;
        _layout = layout;
        _frame.States = new StateMemory<T>(_rule.ElementStates, layout, _tensor.Length, _tensor);
    }

    private void BeforePass(int pass)
    {
        if (_rule.HasTensorValues || _description.HasTensorScalars)
            _stepped.BeforePass(pass, _tensor.Length, _tensor.Length, _totals.AsSpan(0, _rule.FirstReduction(pass)), _scalars, _tensorStates, _groupStates);
    }

    private void Run(int pass, Span<T> parameter, Span<T> gradient)
    {
        var isWhole = _rule.IsWhole(pass);
        if (!isWhole)
            _frame.BeginColumns(pass, 0, RowBlocks.CountOf(_tensor));
        var elements = _frame.States!.Elements;
        ref var first = ref elements is null ? ref MemoryMarshal.GetReference(parameter) : ref elements[0];
        var partials = _totals.AsSpan(_rule.FirstReduction(pass), _rule.KindsOf(pass).Length);
        _stepped.RunPass(pass, new PassSlice<T>(parameter, gradient, ref first, elements?.Stride ?? 0, _scalars, partials, GradientTransform.None, _layout!.Rows, default, _frame, 0));
        if (!isWhole)
            _frame.CombineColumns(pass);
    }
}
