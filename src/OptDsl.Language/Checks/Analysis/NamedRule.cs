namespace OptDsl.Language.Checks.Analysis;

/// <summary>A rule that is known to be right.</summary>
/// <param name="Name">As titles of fixes say it.</param>
/// <param name="Rule">The rule.</param>
internal sealed record NamedRule(string Name, ComparableRule Rule);
