using OptDsl.Benchmarks.Comparison;
using OptDsl.Benchmarks.Contestants;
using OptDsl.Benchmarks.Drawn;
using OptDsl.Benchmarks.Native;

namespace OptDsl.Benchmarks;

/// <summary>All rules and the library of C contestants.</summary>
internal sealed class Field : IDisposable
{
    private Field(IReadOnlyList<BenchmarkRule> rules, string? library) =>
        (Rules, Library, Native) = (rules, library, library is null ? null : new NativeSteps(library));

    public IReadOnlyList<BenchmarkRule> Rules { get; }

    /// <summary>The library of the C contestants, or null where there is no gcc.</summary>
    public string? Library { get; }

    /// <summary>The C contestants, or null where there is no gcc.</summary>
    public NativeSteps? Native { get; }

    public static Field Gather(int seed)
    {
        var drawn = RandomRuleSet.Draw(seed);
        var library = CCompiler.Build([File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Native", "rules.c")), .. drawn.CTexts]);
        return new Field([.. KnownRules.All, .. drawn.Rules], library);
    }

    /// <summary>The rules of these names, or all.</summary>
    public IEnumerable<BenchmarkRule> Select(IReadOnlyCollection<string> names) =>
        Rules.Where(rule => names.Count == 0 || names.Contains(rule.Name, StringComparer.OrdinalIgnoreCase));

    /// <summary>Holds every contestant against double.</summary>
    /// <returns>The number of contestants.</returns>
    public int Verify()
    {
        var count = 0;
        foreach (var rule in Rules)
        {
            foreach (var (name, step) in rule.Ways(Native))
            {
                Verification.Verify(rule, name, step);
                count++;
            }
        }

        return count;
    }

    public void Dispose() => Native?.Dispose();
}
