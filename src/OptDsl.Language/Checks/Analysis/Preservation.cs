using System.Collections.Immutable;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks.Analysis;

/// <summary>
/// What an edit has to leave as it was. That a finding is gone shows no mending: a sign that is turned elsewhere, or a state that forgets
/// in another way, silences it too and makes another method of the rule. What a finding is not about is measured before and after.
/// </summary>
internal sealed class Preservation(RuleModel model, LintOptions options, CancellationToken cancellation)
{
    private ImmutableArray<Recurrence> _before;

    private ImmutableArray<Recurrence> Before => _before.IsDefault ? _before = new LintContext(model, options, cancellation).Recurrences : _before;

    public bool IsKept(RuleModel edited, Finding finding)
    {
        return finding.Id switch
        {
            LintIds.WeightSum or LintIds.NegativeRoot => !TurnsInput(After()),
            LintIds.Ascent => KeepsDecays(After()),
            LintIds.StateNeverUpdated when finding.Declaration is StateSymbol state => !ForgetsUnevenly(new LintContext(edited, options, cancellation), state),
            _ => true,
        };

        ImmutableArray<Recurrence> After() => new LintContext(edited, options, cancellation).Recurrences;
    }

    /// <summary>A memory of gradients forgets at one rate; what a local computes with corrections is none, but what is made of one.</summary>
    private static bool ForgetsUnevenly(LintContext after, StateSymbol state) =>
        after.Recurrences.Any(recurrence => recurrence.State.Name == state.Name && recurrence.Decays.Length > 2 && after.InitialValue(recurrence.State) is not null);

    /// <summary>An average whose weights sum to 1 but for the sign holds the opposite of what it is to hold.</summary>
    private bool TurnsInput(ImmutableArray<Recurrence> after) => after.Any(IsTurned) && !Before.Any(IsTurned);

    private static bool IsTurned(Recurrence recurrence) => recurrence.WeightHypers.Any(recurrence.DecayHypers.Contains) && Math.Abs(recurrence.SettledSum + 1) < Tolerances.Measured;

    /// <summary>Which way a step goes has nothing to do with how much a memory of gradients keeps of its past.</summary>
    private bool KeepsDecays(ImmutableArray<Recurrence> after) => Before.All(before =>
        Expressions.ReadsOld(model.Initials[before.State.Index], model.Parameter)
        || after.FirstOrDefault(recurrence => recurrence.State.Name == before.State.Name) is not { } recurrence || Math.Abs(recurrence.SettledDecay - before.SettledDecay) < Tolerances.Exact);
}
