namespace OptDsl.Generators.Lifting;

/// <summary>The ids of what only code can get wrong.</summary>
internal static class LoopIds
{
    public const string CounterStandsStill = "OPT401";
    public const string CounterPerElement = "OPT402";
    public const string IntegerDivision = "OPT403";
    public const string StateBeginsAnew = "OPT404";
}
