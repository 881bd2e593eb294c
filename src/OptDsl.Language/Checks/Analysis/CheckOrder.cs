using System.Collections.Immutable;
using OptDsl.Language.Checks.Families;

namespace OptDsl.Language.Checks.Analysis;

/// <summary>All checks, in an order that their declarations ask for.</summary>
internal static class CheckOrder
{
    /// <summary>The checks of update rules.</summary>
    public static ImmutableArray<Check> Rules { get; } = Sort(
    [
        new UpdateCheck(), new InfluenceCheck(), new BiasCorrectionCheck(), new WeightSumCheck(), new CorrectionChainCheck(), new MixtureCheck(), new PositionCheck(),
        new GrowthCheck(), new SpikeCheck(), new ReadOrderCheck(), new FiniteCheck(), new DirectionCheck(), new HomogeneityCheck(), new RangeCheck(), new OutlierCheck(),
        new StepSizeCheck(), new MemoryCheck(), new IdleDecayCheck(), new ParityCheck(), new RunawayCheck(), new EqualityCheck(), new StillCheck(), new InertStateCheck(), new CoupledDecayCheck(), new StallCheck(), new RoundedDifferenceCheck(),
    ]);

    /// <summary>The check of schedules.</summary>
    public static Check Schedules { get; } = new ScheduleCheck();

    /// <summary>Each check after those that it needs, and otherwise as they come.</summary>
    public static ImmutableArray<Check> Sort(ImmutableArray<Check> checks)
    {
        var sorted = ImmutableArray.CreateBuilder<Check>(checks.Length);
        var pending = checks.ToList();
        while (pending.Count > 0)
        {
            var next = pending.FirstOrDefault(check => !pending.Any(other => other != check && Needs(check, other)))
                ?? throw new InvalidOperationException($"These checks need each other: {string.Join(", ", pending.Select(check => check.GetType().Name))}.");
            pending.Remove(next);
            sorted.Add(next);
        }

        return sorted.MoveToImmutable();
    }

    /// <summary>True if a check can run only after another one: it says so, or asks for what the other owns.</summary>
    public static bool Needs(Check check, Check other) =>
        check.After.Contains(other.GetType()) || (other.Owns.Any(check.MayAsk) && !other.After.Contains(check.GetType()));
}
