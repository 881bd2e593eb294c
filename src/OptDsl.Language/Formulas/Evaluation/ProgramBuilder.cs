using System.Collections.Immutable;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Evaluation;

/// <summary>Flattens the expressions of a model into instructions.</summary>
internal sealed class ProgramBuilder
{
    private readonly RuleModel _model;
    private readonly RegisterLayout _layout;
    private readonly ImmutableHashSet<Definition> _held;
    private readonly Dictionary<Expr, int>? _expressions;
    private readonly ImmutableArray<Register>.Builder _registers = ImmutableArray.CreateBuilder<Register>();
    private readonly Dictionary<double, int> _constants = [];
    private readonly Dictionary<Definition, int> _definitions = [];
    private ImmutableArray<Instruction>.Builder _code = ImmutableArray.CreateBuilder<Instruction>();

    /// <param name="model">The rule.</param>
    /// <param name="held">Definitions whose readers see what the caller sets instead of what their statement computes.</param>
    /// <param name="expressions">Collects the register of every expression, by identity.</param>
    public ProgramBuilder(RuleModel model, ImmutableHashSet<Definition>? held = null, Dictionary<Expr, int>? expressions = null)
    {
        _model = model;
        _held = held ?? [];
        _expressions = expressions;
        _layout = new RegisterLayout(model);
        for (var register = 0; register < _layout.Count; register++)
            AddRegister(_layout.ShapeOf(register));
    }

    public RuleProgram Build()
    {
        var initials = _model.Initials.Select((initial, index) => CompileAs(initial, _model.States[index].Cardinality)).ToImmutableArray();
        var initialisation = TakeCode();

        var results = ImmutableArray.CreateBuilder<int>();
        foreach (var definition in _model.Definitions)
        {
            var result = CompileAs(definition.Value, definition.Cardinality);
            results.Add(result);
            _definitions[definition] = _held.Contains(definition) ? AddRegister(definition.Cardinality) : result;
        }

        return new RuleProgram(
            _model,
            _registers.ToImmutable(),
            initialisation,
            initials,
            TakeCode(),
            results.ToImmutable(),
            [.. _model.Definitions.Select(definition => _definitions[definition])],
            [.. Stores()]);
    }

    private IEnumerable<Store> Stores()
    {
        if (_model.Final(_model.Parameter) is { } parameter)
            yield return new Store(_definitions[parameter], _layout.Parameter);
        foreach (var state in _model.States)
        {
            if (_model.Final(state) is { } final)
                yield return new Store(_definitions[final], _layout.State(state.Index));
        }
    }

    private ImmutableArray<Instruction> TakeCode()
    {
        var code = _code.ToImmutable();
        _code = ImmutableArray.CreateBuilder<Instruction>();
        return code;
    }

    /// <summary>
    /// The value in a register of the target's own cardinality, which a smaller value fills, and that no store at the end of the step
    /// overwrites.
    /// </summary>
    private int CompileAs(Expr value, Cardinality shape)
    {
        var register = Compile(value);
        return register >= _layout.Count && IsAs(register, shape) ? register : Emit(Op.Copy, shape, register);
    }

    private bool IsAs(int register, Cardinality shape) => _registers[register].Shape is var own && (own == shape || (own.IsSingle() && shape.IsSingle()));

    private int Compile(Expr expression)
    {
        var register = CompileNode(expression);
        if (_expressions is not null)
            _expressions[expression] = register;
        return register;
    }

    private int CompileNode(Expr expression)
    {
        switch (expression)
        {
            case NumberExpr number:
                return Constant(number.Value);
            case HyperExpr hyper:
                return RegisterLayout.Hyper(hyper.Symbol.Index);
            case StepExpr:
                return RegisterLayout.Step;
            case GradientExpr:
                return _layout.Gradient;
            case OldExpr { Symbol: StateSymbol state }:
                return _layout.State(state.Index);
            case OldExpr:
                return _layout.Parameter;
            case DefinedExpr defined:
                return _definitions[defined.Definition];
            case UnaryExpr unary:
                return Emit(unary.Operator, unary.Cardinality, Compile(unary.Operand));
            case BinaryExpr binary:
                return Emit(binary.Operator, binary.Cardinality, Compile(binary.Left), Compile(binary.Right));
            case CallExpr call:
                return Emit(call.Function, call.Cardinality, Compile(call.Arguments[0]), call.Arguments.Length > 1 ? Compile(call.Arguments[1]) : RegisterLayout.Unused);
            case ConditionalExpr conditional:
                return Emit(Op.Select, conditional.Cardinality, Compile(conditional.Condition), Compile(conditional.WhenTrue), Compile(conditional.WhenFalse));
            case ReduceExpr reduce:
                var (first, second) = (Reduced(reduce, 0), reduce.Arguments.Length > 1 ? Reduced(reduce, 1) : RegisterLayout.Unused);
                _code.Add(new Instruction(InstructionForm.Reduction, reduce.Reduction, AddRegister(reduce.Cardinality), first, second, RegisterLayout.Unused, Rounds: false) { OverGroup = reduce.OverGroup });
                return _code[_code.Count - 1].Target;
            case MatrixExpr matrix:
                return Emit(matrix.Function, matrix.Cardinality, Operand(matrix, 0), Operand(matrix, 1), Operand(matrix, 2));
            case DimensionExpr dimension:
                return Emit(dimension.Dimension, dimension.Cardinality, RegisterLayout.Unused);
            default:
                throw new ArgumentException($"Unknown expression {expression.GetType().Name}.", nameof(expression));
        }
    }

    private int Operand(MatrixExpr matrix, int index) => index < matrix.Arguments.Length ? Compile(matrix.Arguments[index]) : RegisterLayout.Unused;

    /// <summary>An operand of a function over all values, of which two have the same shape or one is a single number.</summary>
    private int Reduced(ReduceExpr reduce, int index)
    {
        var register = Compile(reduce.Arguments[index]);
        var shape = Cardinalities.Largest(reduce.Arguments);
        return _registers[register].Shape.IsSingle() || IsAs(register, shape) ? register : Emit(Op.Copy, shape, register);
    }

    private int Emit(Op operation, Cardinality shape, int first, int second = RegisterLayout.Unused, int third = RegisterLayout.Unused)
    {
        var target = AddRegister(shape);
        _code.Add(new Instruction(FormOf(operation, shape, first, second, third), operation, target, first, second, third, Rounds: !shape.IsSingle()));
        return target;
    }

    private InstructionForm FormOf(Op operation, Cardinality shape, params int[] operands) =>
        OperationTable.Of(operation).Kind is OperationKind.Matrix or OperationKind.Dimension || operation == Op.Identity ? InstructionForm.Matrices
        : operands.All(operand => _registers[operand].Shape is var own && (own == shape || own.IsSingle())) ? InstructionForm.Aligned
        : InstructionForm.Spread;

    private int Constant(double value)
    {
        if (!_constants.TryGetValue(value, out var register))
        {
            register = _registers.Count;
            _registers.Add(new Register(Cardinality.PerStep, value));
            _constants.Add(value, register);
        }

        return register;
    }

    private int AddRegister(Cardinality shape)
    {
        _registers.Add(new Register(shape));
        return _registers.Count - 1;
    }
}
