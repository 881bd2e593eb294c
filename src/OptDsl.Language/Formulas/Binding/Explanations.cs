using System.Collections.Immutable;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>
/// Puts what a sentence explains behind its use, "where c = 1/t", before the first statement that reads it, if all that it is made of has
/// its value there.
/// </summary>
internal sealed class Explanations(Func<NameSyntax, string> nameOf, Func<NameSyntax, int?> indexOf, Func<ExprSyntax, IEnumerable<NameSyntax>> namesIn)
{
    public ImmutableArray<ItemSyntax> Place(ImmutableArray<ItemSyntax> items)
    {
        items = Ordered(items);
        if (!items.Any(item => item is StatementSyntax { Explains: true }))
            return items;
        var placed = items.ToList();
        var reads = items.ToDictionary(item => item, item => new HashSet<string>(Expressions(item).SelectMany(namesIn).Select(nameOf)), ReferenceComparer.Instance);
        var targets = items.ToDictionary(item => item, item => new HashSet<string>(Targets(item)), ReferenceComparer.Instance);
        MoveBlocks(placed, reads, targets);
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

    private const int MostMoves = 32;

    /// <summary>
    /// Equations that say by their times what is computed first, <c>θ_t = θ_{t-1} - α m_t, m_t = β m_{t-1} + g_t</c>, in that order: what reads a new value
    /// behind what assigns it. Where a time is not written nothing moves.
    /// </summary>
    private ImmutableArray<ItemSyntax> Ordered(ImmutableArray<ItemSyntax> items)
    {
        if (!items.OfType<StatementSyntax>().Any(statement => indexOf(statement.Target) is not null))
            return items;
        var ordered = items.ToList();
        var reads = items.ToDictionary(item => item, item => Expressions(item).SelectMany(namesIn).Select(name => (Name: nameOf(name), Index: indexOf(name))).Distinct().ToList(), ReferenceComparer.Instance);
        var assigned = items.Assignments().GroupBy(statement => nameOf(statement.Target)).ToDictionary(group => group.Key, group => group.Count());
        for (var moves = 0; moves < MostMoves && MoveOne(ordered, reads, assigned); moves++)
        {
        }

        return [.. ordered];
    }

    private bool MoveOne(List<ItemSyntax> ordered, Dictionary<ItemSyntax, List<(string Name, int? Index)>> reads, Dictionary<string, int> assigned)
    {
        for (var from = 1; from < ordered.Count; from++)
        {
            if (ordered[from] is not StatementSyntax { Operator: null, Explains: false } statement || indexOf(statement.Target) is not { } index)
                continue;
            var name = nameOf(statement.Target);
            var use = assigned[name] > 1 ? -1 : ordered.FindIndex(0, from, item => reads[item].Contains((name, index)));
            if (use < 0 || reads[statement].Contains((name, index)))
                continue;
            var between = ordered.GetRange(use, from - use);

            // What it reads must have the same value there, and what it passes must not read its old value without saying so.
            var changes = new HashSet<(string, int?)>(between.SelectMany(item => new[] { item }.Assignments()).SelectMany(other => new[] { (nameOf(other.Target), indexOf(other.Target)), (nameOf(other.Target), null) }));
            if (reads[statement].Any(changes.Contains) || between.Any(item => reads[item].Contains((name, null))))
                continue;
            ordered.RemoveAt(from);
            ordered.Insert(use, statement);
            return true;
        }

        return false;
    }

    /// <summary>Several explanations in a row, "with m = …, v = …, m̂ = m/(1-βᵗ)", go before the first use of any of them in the order in which they stand.</summary>
    private static void MoveBlocks(List<ItemSyntax> placed, Dictionary<ItemSyntax, HashSet<string>> reads, Dictionary<ItemSyntax, HashSet<string>> targets)
    {
        for (var start = 1; start < placed.Count; start++)
        {
            var count = placed.Skip(start).TakeWhile(item => item is StatementSyntax { Explains: true }).Count();
            if (count < 2)
                continue;
            var block = placed.GetRange(start, count);
            var names = new HashSet<string>(block.SelectMany(item => targets[item]));
            var needed = new HashSet<string>(block.SelectMany(item => reads[item]));
            var use = placed.FindIndex(0, start, item => reads[item].Overlaps(names));
            if (use >= 0 && !placed.Take(start).Any(item => targets[item].Overlaps(names)) && !placed.Skip(use).Take(start - use).Any(item => targets[item].Overlaps(needed)))
            {
                placed.RemoveRange(start, count);
                placed.InsertRange(use, block);
            }

            start += count - 1;
        }
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
