using System.Collections.Immutable;
using OptDsl.Language.Formulas;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT305. Proves: what a step takes from an average is less than half the distance of two neighbours that its memory has, so that rounding to
/// the nearest gives the old value back.
/// </summary>
internal sealed class StallCheck : Check
{
    public override ImmutableArray<string> Owns => [LintIds.Stall];

    public override void Run(LintContext context)
    {
        foreach (var recurrence in context.Recurrences)
        {
            if (recurrence is not { Forgets: true, State: { IsScalar: false, Source: { Storage: not StateStorage.Element, Rounding: StateRounding.Nearest } } state })
                continue;
            var taken = 1 - recurrence.SettledDecay;
            var (format, bits) = state.Source.Storage == StateStorage.BFloat16 ? ("bfloat16", 7) : ("8 bits", 3);

            // The distance of neighbours is so many bits below a power of two, and a number is at least that power and less than the next.
            var most = Math.Pow(2, -bits - 1);
            var least = most / (2 - Math.Pow(2, -bits));
            if (taken >= most)
                continue;
            context.Report(
                LintIds.Stall, state,
                $"{state.Name} stalls: a step takes {Numbers.Of(taken)} of it, and half a unit of the last place of {format} is {Numbers.Of(least)} to {Numbers.Of(most)} of it, "
                    + $"so that rounded to the nearest it {(taken < least ? "stays" : "often stays")} as it is when gradients become smaller; rounded at random ({nameof(StateRounding.Stochastic)}) it is right on average");
        }
    }
}
