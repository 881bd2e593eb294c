using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Generators.Tests.Evaluation;

/// <summary>Models by hand, for tests of what works on models and not on text.</summary>
internal sealed class Build
{
    private readonly List<StateSource> _states = [];
    private readonly List<HyperSource> _hypers = [];
    private readonly List<Definition> _definitions = [];
    private readonly List<Expr> _initials = [];
    private readonly ParameterSymbol _parameter = new("W");

    public static Expr Gradient { get; } = new GradientExpr(default);

    public static Expr Step { get; } = new StepExpr(default);

    public Expr Parameter => new OldExpr(default, _parameter);

    public StateSymbol State(string name, Expr? initial = null, bool perTensor = false)
    {
        var source = new StateSource(name, "0", perTensor ? Cardinality.PerTensor : Cardinality.PerElement, Output: false);
        _states.Add(source);
        _initials.Add(initial ?? Number(0));
        return new StateSymbol(name, _states.Count - 1, source);
    }

    public Expr Hyper(string name, double value)
    {
        var source = new HyperSource(name, name, HyperType.Double, double.NegativeInfinity, double.PositiveInfinity, value);
        _hypers.Add(source);
        return new HyperExpr(default, new HyperSymbol(name, _hypers.Count - 1, source));
    }

    public Expr Define(Symbol target, Expr value)
    {
        var definition = new Definition(_definitions.Count, target, value, default, default);
        _definitions.Add(definition);
        return new DefinedExpr(default, definition);
    }

    public Expr Define(string local, Expr value) => Define(new LocalSymbol(local), value);

    public Expr Update(Expr value) => Define(_parameter, value);

    public RuleModel Rule(RuleKind kind = RuleKind.UpdateRule) => new(
        new RuleSource(kind, "", "W", "g", "t", Maximize: false, new([.. _states]), new([.. _hypers])),
        _parameter,
        [.. _states.Select((source, index) => new StateSymbol(source.Symbol, index, source))],
        [.. _hypers.Select((source, index) => new HyperSymbol(source.Symbol, index, source))],
        [.. _definitions],
        [.. _initials]);

    public static Expr Number(double value) => new NumberExpr(default, value);

    public static Expr Old(StateSymbol state) => new OldExpr(default, state);

    public static Expr Binary(Op @operator, Expr left, Expr right) => new BinaryExpr(default, @operator, left, right);

    public static Expr Add(Expr left, Expr right) => Binary(Op.Add, left, right);

    public static Expr Subtract(Expr left, Expr right) => Binary(Op.Subtract, left, right);

    public static Expr Multiply(Expr left, Expr right) => Binary(Op.Multiply, left, right);

    public static Expr Divide(Expr left, Expr right) => Binary(Op.Divide, left, right);

    public static Expr Power(Expr left, Expr right) => Binary(Op.Power, left, right);

    public static Expr Call(Op function, params Expr[] arguments) => new CallExpr(default, function, [.. arguments]);

    public static Expr Where(Expr condition, Expr whenTrue, Expr whenFalse) => new ConditionalExpr(default, condition, whenTrue, whenFalse);

    public static Expr Reduce(Op reduction, params Expr[] arguments) => new ReduceExpr(default, reduction, [.. arguments], OverGroup: false);
}
