using System.Globalization;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.CodeFixes.Loops;

/// <summary>Tells which expressions of two readings of a loop are the same, wherever they stand.</summary>
/// <param name="nameOf">The name of a definition, equal for definitions that correspond.</param>
internal sealed class ExpressionKey(Func<Definition, string> nameOf)
{
    /// <summary>Equal for expressions that compute the same from the same values.</summary>
    public string Of(Expr expression) => expression switch
    {
        NumberExpr number => number.Value.ToString("R", CultureInfo.InvariantCulture),
        HyperExpr hyper => $"hyper {hyper.Symbol.Name}",
        StepExpr => "step",
        GradientExpr => "gradient",
        OldExpr old => $"old {old.Symbol.Name}",
        DefinedExpr defined => $"new {nameOf(defined.Definition)}",
        UnaryExpr unary => Call(unary.Operator.ToString(), expression),
        BinaryExpr { Operator: Op.Power, Right: NumberExpr { Value: 2 } } square => $"Multiply({Of(square.Left)}, {Of(square.Left)})",
        BinaryExpr binary => Call(binary.Operator.ToString(), expression),
        CallExpr call => Call(call.Function.ToString(), expression),
        ReduceExpr reduce => Call($"{(reduce.OverGroup ? "group " : "")}{reduce.Reduction}", expression),
        _ => Call("choose", expression),
    };

    private string Call(string name, Expr expression) => $"{name}({string.Join(", ", expression.Children().Select(Of))})";
}
