using System.Collections.Immutable;

namespace OptDsl.Language.Checks.Analysis;

/// <summary>A rule that is known to be right.</summary>
/// <param name="Name">As titles of fixes say it.</param>
/// <param name="Rule">The rule.</param>
internal sealed record NamedRule(string Name, ComparableRule Rule)
{
    /// <summary>The hyper-parameters, by their properties, without which it is another of the known rules.</summary>
    public ImmutableArray<string> Own { get; init; } = [];
}
