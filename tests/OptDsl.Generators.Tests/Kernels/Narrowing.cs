namespace OptDsl.Generators.Tests.Kernels;

/// <summary>Which states of a run are bfloat16.</summary>
/// <param name="States">A bit for each.</param>
/// <param name="Nearest">A bit for each that is rounded to the nearest.</param>
/// <param name="Packs">True for kernels that write them so; false for wide ones whose states are rounded after each pass.</param>
internal sealed record Narrowing(ulong States, ulong Nearest, bool Packs)
{
    public bool Has(int state) => (States & (1UL << state)) != 0;

    public bool IsNearest(int state) => (Nearest & (1UL << state)) != 0;
}
