using System.Collections.Immutable;
using OptDsl.Language.Formulas;

namespace OptDsl.Language.Checks.Analysis;

/// <summary>
/// Whether a rule with several slips comes to one without findings by one edit after another. Each edit mends a finding, and no other one
/// comes of it, but for what that finding kept from being looked for.
/// </summary>
internal sealed class FixChain(LintOptions options, CancellationToken cancellation)
{
    /// <summary>Longer chains are not looked for.</summary>
    public const int Longest = 4;

    /// <summary>More than this many edits are not tried: somebody is waiting.</summary>
    private const int Most = 250;

    private readonly HashSet<(RuleSource Rule, int Edits)> _dead = [];
    private int _tried;

    /// <summary>True if so many more edits, or fewer, leave nothing wrong with a rule.</summary>
    public bool LeadsOn(MendedRule rule, int edits)
    {
        if (!rule.Wrong.Any())
            return true;
        if (edits == 0 || !_dead.Add((rule.Model.Source, edits)))
            return false;
        var trial = new FixTrial(rule.Model, rule.Findings, options, cancellation);
        return rule.Wrong.Any(finding => Steps(trial, finding).Any(step => LeadsOn(step, edits - 1)));
    }

    private IEnumerable<MendedRule> Steps(FixTrial trial, Finding finding)
    {
        foreach (var fix in FixTrial.Edits(finding))
        {
            if (_tried++ >= Most)
                yield break;
            if (trial.Step(fix, finding) is { } step)
                yield return step;
        }
    }

    /// <summary>True if all that there is to say of a rule after an edit was there before, or could not be seen for what the edit mends.</summary>
    public static bool AddsNothing(ImmutableArray<Finding> before, ImmutableArray<Finding> after)
    {
        var gone = before.Select(finding => finding.Id).Where(id => after.All(finding => finding.Id != id)).ToList();
        // Of what does not move, or is no number, nothing can be measured.
        return gone.Any(id => id is LintIds.ParameterNeverUpdated or LintIds.NegativeRoot)
            || after.Where(finding => !LintIds.IsNote(finding.Id)).GroupBy(finding => finding.Id).All(group => group.Count() <= before.Count(finding => finding.Id == group.Key) || IsUncovered(group.Key));

        bool IsUncovered(string id) => CheckOrder.Rules.Any(check => check.MayReport(id) && gone.Any(check.MayAsk));
    }
}
