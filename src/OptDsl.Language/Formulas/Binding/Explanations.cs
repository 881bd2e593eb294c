using System.Collections.Immutable;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>
/// Puts what a sentence explains behind its use, "where c = 1/t", before the first statement that reads it, if all that it is made of has
/// its value there.
/// </summary>
internal sealed class Explanations(Func<NameSyntax, string> nameOf, Func<ExprSyntax, IEnumerable<NameSyntax>> namesIn)
{
    public ImmutableArray<ItemSyntax> Place(ImmutableArray<ItemSyntax> items)
    {
        var placed = items.ToList();
        for (var i = 1; i < placed.Count; i++)
        {
            if (placed[i] is not StatementSyntax { Explains: true } explanation)
                continue;
            var name = nameOf(explanation.Target);
            var use = placed.FindIndex(item => ReferenceEquals(item, explanation) || Expressions(item).SelectMany(namesIn).Any(read => nameOf(read) == name));
            if (use >= i || placed.Take(i).Any(item => Targets(item).Contains(name)))
                continue;
            var parts = new HashSet<string>(namesIn(explanation.Value).Select(nameOf));
            if (placed.Skip(use).Take(i - use).Any(item => Targets(item).Any(parts.Contains)))
                continue;
            placed.RemoveAt(i);
            placed.Insert(use, explanation);
        }

        return [.. placed];
    }

    private IEnumerable<string> Targets(ItemSyntax item) => new[] { item }.Assignments().Select(statement => nameOf(statement.Target));

    private static IEnumerable<ExprSyntax> Expressions(ItemSyntax item) => item switch
    {
        StatementSyntax statement => [statement.Value],
        ChoiceSyntax choice => choice.WhenTrue.Concat(choice.WhenFalse).SelectMany(Expressions).Prepend(choice.Condition),
        HelperSyntax helper => [helper.Value],
        _ => [],
    };
}
