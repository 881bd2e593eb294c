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
        if (!items.Any(item => item is StatementSyntax { Explains: true }))
            return items;
        var placed = items.ToList();
        var reads = items.ToDictionary(item => item, item => new HashSet<string>(Expressions(item).SelectMany(namesIn).Select(nameOf)), ReferenceComparer.Instance);
        var targets = items.ToDictionary(item => item, item => new HashSet<string>(Targets(item)), ReferenceComparer.Instance);
        for (var i = 1; i < placed.Count; i++)
        {
            if (placed[i] is not StatementSyntax { Explains: true } explanation)
                continue;
            var name = nameOf(explanation.Target);
            var use = placed.FindIndex(item => ReferenceEquals(item, explanation) || reads[item].Contains(name));
            if (use >= i || placed.Take(i).Any(item => targets[item].Contains(name)))
                continue;
            if (placed.Skip(use).Take(i - use).Any(item => targets[item].Overlaps(reads[explanation])))
                continue;
            placed.RemoveAt(i);
            placed.Insert(use, explanation);
        }

        return [.. placed];
    }

    private sealed class ReferenceComparer : IEqualityComparer<ItemSyntax>
    {
        public static readonly ReferenceComparer Instance = new();

        public bool Equals(ItemSyntax first, ItemSyntax second) => ReferenceEquals(first, second);

        public int GetHashCode(ItemSyntax item) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(item);
    }

    private IEnumerable<string> Targets(ItemSyntax item) => new[] { item }.Assignments().Select(statement => nameOf(statement.Target));

    private static IEnumerable<ExprSyntax> Expressions(ItemSyntax item) => item switch
    {
        StatementSyntax statement => [statement.Value],
        RepeatSyntax repeat => repeat.Body.SelectMany(Expressions),
        ChoiceSyntax choice => choice.WhenTrue.Concat(choice.WhenFalse).SelectMany(Expressions).Prepend(choice.Condition),
        HelperSyntax helper => [helper.Value],
        _ => [],
    };
}
