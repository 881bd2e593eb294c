using System.Collections.Immutable;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>
/// Programs turn a matrix that has more rows than columns, and turn it back behind what they compute of it:
/// <c>if G.size(0) &gt; G.size(1): X = X.T</c>, twice. A name cannot be of two shapes, so that this is read as a choice of all
/// statements from the one to the other.
/// </summary>
internal static class TurnedMatrices
{
    /// <param name="items">Statements in their order.</param>
    /// <param name="text">The text in which they stand.</param>
    /// <param name="nameOf">The name that a word is.</param>
    public static ImmutableArray<ItemSyntax> Pair(ImmutableArray<ItemSyntax> items, string text, Func<NameSyntax, string> nameOf)
    {
        for (var first = 0; first < items.Length; first++)
        {
            if (Turned(items[first], nameOf) is not { } name || Enumerable.Range(first + 1, items.Length - first - 1).FirstOrDefault(index => Turned(items[index], nameOf) == name) is not (> 0 and var last))
                continue;
            var (there, back) = ((ChoiceSyntax)items[first], (ChoiceSyntax)items[last]);
            var between = ImmutableArray.Create(items, first + 1, last - first - 1);
            if (Written(there.Condition) != Written(back.Condition) || between.Assignments().Any(statement => there.Condition.Nodes().OfType<NameSyntax>().Any(read => nameOf(read) == nameOf(statement.Target))))
                continue;
            var whole = new ChoiceSyntax(TextSpan.Cover(there.Span, back.Span), there.Condition, [.. there.WhenTrue, .. between, .. back.WhenTrue], between);
            return [.. items.Take(first), whole, .. Pair(ImmutableArray.Create(items, last + 1, items.Length - last - 1), text, nameOf)];
        }

        return items;

        string Written(ExprSyntax condition) => string.Concat(text.Substring(condition.Span.Start, condition.Span.Length).Where(character => !char.IsWhiteSpace(character)));
    }

    /// <summary>The name in a choice that turns a matrix and does nothing else; null for any other item.</summary>
    private static string? Turned(ItemSyntax item, Func<NameSyntax, string> nameOf) =>
        item is ChoiceSyntax { WhenFalse.Length: 0, WhenTrue: { Length: 1 } body, Condition: var condition } && body[0] is StatementSyntax { Operator: null } statement
            && TransposedIn(statement.Value) is { } operand && nameOf(operand) == nameOf(statement.Target) && !condition.Nodes().OfType<NameSyntax>().Any(read => nameOf(read) == nameOf(operand)) ? nameOf(operand) : null;

    private static NameSyntax? TransposedIn(ExprSyntax value) => value switch
    {
        GroupSyntax group => TransposedIn(group.Inner),
        TransposeSyntax { Operand: NameSyntax name } => name,
        PowerSyntax { Base: NameSyntax name, Exponent: var exponent } when IsTop(exponent) => name,
        ApplySyntax { Arguments: { Length: 1 } arguments, Name.Letters: "transpose" } when arguments[0] is NameSyntax name => name,
        _ => null,
    };

    private static bool IsTop(ExprSyntax exponent) => exponent switch
    {
        GroupSyntax group => IsTop(group.Inner),
        NameSyntax name => name.Letters is "T" or "⊤",
        _ => false,
    };
}
