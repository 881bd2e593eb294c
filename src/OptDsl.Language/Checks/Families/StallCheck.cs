using System.Collections.Immutable;
using OptDsl.Language.Formulas;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT305. Proves: what a step takes from an average is less than half the distance of two neighbours that its memory has, so that rounding to
/// the nearest gives the old value back.
/// </summary>
internal sealed class StallCheck : Check
{
    // The distance of neighbours in bfloat16 is 2⁻⁷ of a power of two, and so 2⁻⁸ to 2⁻⁷ of a number.
    private const double LeastHalfUnit = 1.0 / 512;
    private const double MostHalfUnit = 1.0 / 256;

    public override ImmutableArray<string> Owns => [LintIds.Stall];

    public override void Run(LintContext context)
    {
        foreach (var recurrence in context.Recurrences)
        {
            if (recurrence is not { Forgets: true, State: { IsScalar: false, Source: { Storage: StateStorage.BFloat16, Rounding: StateRounding.Nearest } } state })
                continue;
            var taken = 1 - recurrence.SettledDecay;
            if (taken >= MostHalfUnit)
                continue;
            context.Report(
                LintIds.Stall, state,
                $"{state.Name} stalls: a step takes {Numbers.Of(taken)} of it, and half a unit of bfloat16's last place is {Numbers.Of(LeastHalfUnit)} to {Numbers.Of(MostHalfUnit)} of it, "
                    + $"so that rounded to the nearest it {(taken < LeastHalfUnit ? "stays" : "often stays")} as it is when gradients become smaller; rounded at random ({nameof(StateRounding.Stochastic)}) it is right on average");
        }
    }
}
