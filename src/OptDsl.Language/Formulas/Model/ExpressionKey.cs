using System.Globalization;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Model;

/// <summary>A text that is equal for expressions that make the same of the same values, wherever they stand.</summary>
/// <param name="nameOf">The name of a definition, equal for those that correspond; null to look at its value instead.</param>
internal sealed class ExpressionKey(Func<Definition, string?> nameOf)
{
    /// <summary>Within one rule, where a local is what it is made of.</summary>
    public static ExpressionKey ThroughLocals { get; } =
        new(definition => definition.Target is LocalSymbol ? null : definition.Index.ToString(CultureInfo.InvariantCulture));

    public string Of(Expr expression) => expression switch
    {
        NumberExpr number => number.Value.ToString("R", CultureInfo.InvariantCulture),
        HyperExpr hyper => $"hyper {hyper.Symbol.Name}",
        StepExpr => "step",
        GradientExpr => "gradient",
        OldExpr { Symbol: ParameterSymbol } => "parameter",
        OldExpr old => $"old {old.Symbol.Name}",
        DefinedExpr { Definition: var definition } => nameOf(definition) is { } name ? $"new {name}" : Of(definition.Value),
        DimensionExpr dimension => dimension.Dimension.ToString(),
        BinaryExpr { Operator: Op.Power, Right: NumberExpr { Value: 2 }, Left: var factor } => Call(nameof(Op.Multiply), [factor, factor]),
        UnaryExpr unary => Call(unary.Operator.ToString(), expression.Children()),
        BinaryExpr binary => Call(binary.Operator.ToString(), expression.Children()),
        CallExpr call => Call(call.Function.ToString(), expression.Children()),
        ConditionalExpr => Call(nameof(Op.Select), expression.Children()),
        ReduceExpr reduce => Call($"{(reduce.OverGroup ? "group " : "")}{reduce.Reduction}", expression.Children()),
        MatrixExpr matrix => Call($"{matrix.Function} {matrix.Cardinality}", expression.Children()),
        _ => throw new ArgumentException($"Unknown expression {expression.GetType().Name}.", nameof(expression)),
    };

    private string Call(string name, IEnumerable<Expr> arguments) => $"{name}({string.Join(", ", arguments.Select(Of))})";
}
