using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using OptDsl.Generators.Tests.Kernels;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;

namespace OptDsl.Exports.Tests.Rules;

/// <summary>Random rules, the same every time unless <c>OPTDSL_EXPORT_CASES</c> asks for a number of each kind.</summary>
internal static class RandomCases
{
    private static readonly int? s_askedFor = int.TryParse(Environment.GetEnvironmentVariable("OPTDSL_EXPORT_CASES"), CultureInfo.InvariantCulture, out var count) ? count : null;

    public static IReadOnlyList<InterpretedCase> All { get; } =
    [
        .. Draw("Plain", RandomRules.Any), .. Draw("Options", RandomRules.WithOptions), .. Draw("Choices", RandomRules.OfChoices), .. Draw("Groups", RandomRules.OfGroups),
    ];

    /// <summary>Rules all of whose values are finite.</summary>
    private static IEnumerable<InterpretedCase> Draw(string kind, Gen<RuleSource> rules)
    {
        var seed = s_askedFor is null ? 20 : (ulong)Random.Shared.NextInt64(1, long.MaxValue);
        return Gen.Sample(rules, (s_askedFor ?? 30) * 8, new Rnd(seed, 1), 10)
            .Select(source => FormulaCompiler.Compile(source).Model).OfType<Language.Formulas.Model.RuleModel>()
            .Select((model, index) => ConstructCases.Of($"{kind}{index + 1}", $"of seed {seed}", model))
            .Where(item => item.IsFinite() && item.Expected().All(values => values.All(value => Math.Abs(value) < 1e8)))
            .Take(s_askedFor ?? 30);
    }
}
