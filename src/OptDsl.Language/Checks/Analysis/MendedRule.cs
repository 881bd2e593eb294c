using System.Collections.Immutable;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks.Analysis;

/// <summary>A rule after an edit that mends something, and what there is still to say of it.</summary>
/// <param name="Model">The rule.</param>
/// <param name="Findings">All of it, notes too.</param>
internal sealed record MendedRule(RuleModel Model, ImmutableArray<Finding> Findings)
{
    /// <summary>What is wrong with it.</summary>
    public IEnumerable<Finding> Wrong => Findings.Where(finding => !LintIds.IsNote(finding.Id));
}
