using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Backends.C;

/// <summary>Expressions of numbers in double, and how values of tensors are said.</summary>
/// <param name="names">The names.</param>
/// <param name="isCollective">True where several tensors are stepped together.</param>
internal sealed class CScalars(CNames names, bool isCollective)
{
    private readonly Dictionary<ReduceExpr, string> _totals = [];

    /// <summary>The variable that a function over a tensor, or over all, is summed up in.</summary>
    public string Total(ReduceExpr reduce)
    {
        if (!_totals.TryGetValue(reduce, out var name))
            _totals[reduce] = name = names.Fresh(reduce.Reduction == Op.MaxAbs ? "largest" : "sum");
        return isCollective && !reduce.OverGroup ? name + "[k]" : name;
    }

    public CodeText Value(Expr expression) => expression switch
    {
        NumberExpr number => CodeText.Number(number.Value, "INFINITY"),
        HyperExpr hyper => CodeText.Atom("options->" + names.Hypers[hyper.Symbol.Index]),
        StepExpr => CodeText.Atom(names.Step),
        OldExpr { Symbol: StateSymbol state } => Kept(state),
        DefinedExpr defined => CodeText.Atom(names.Of(defined.Definition)),
        UnaryExpr { Operator: Op.Negate } negation => new("-" + Value(negation.Operand).Within(Tightness.Unary), Tightness.Unary),
        UnaryExpr not => new("!" + Condition(not.Operand).Within(Tightness.Unary), Tightness.Unary),
        BinaryExpr binary => COperators.Infix(binary, Operand, Condition),
        CallExpr call => COperators.Call(call, Operand),
        ConditionalExpr choice => COperators.Choose(Condition(choice.Condition), Operand(choice.WhenTrue), Operand(choice.WhenFalse)),
        ReduceExpr { Reduction: Op.Count } count => CodeText.Atom(count.OverGroup && isCollective ? "(double)total_count" : "(double)n"),
        ReduceExpr { Reduction: Op.Norm } norm => CodeText.Call("sqrt", CodeText.Atom(Total(norm))),
        ReduceExpr reduce => CodeText.Atom(Total(reduce)),
        _ => throw new ArgumentOutOfRangeException(nameof(expression), expression, "Unknown expression."),
    };

    /// <summary>The one number of a state that is the same for all elements.</summary>
    public CodeText Kept(StateSymbol state) => isCollective && state.Cardinality == Cardinality.PerTensor
        ? CodeText.Atom($"{names.Kept(state)}[k]")
        : new("*" + names.Kept(state), Tightness.Unary);

    public CodeText Condition(Expr expression) => COperators.IsTruth(expression) ? Value(expression) : CodeText.Infix(Value(expression), "!=", CodeText.Atom("0"), Tightness.Comparison);

    /// <summary>A quotient of whole numbers is not one in C.</summary>
    private CodeText Operand(Expr expression) => expression is NumberExpr number && number.Value == Math.Floor(number.Value) && Math.Abs(number.Value) < 1e6
        ? CodeText.Atom(Value(expression).Text + ".0") with { Tightness = number.Value < 0 ? Tightness.Unary : Tightness.Atom }
        : expression is StepExpr ? CodeText.Atom($"(double){names.Step}") with { Tightness = Tightness.Unary }
        : Value(expression);
}
