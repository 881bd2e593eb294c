using System.Globalization;
using System.Reflection;
using System.Text;
using OptDsl.Language.Checks;
using OptDsl.Language.Checks.Finiteness;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Tests.Rules;

/// <summary>
/// What is proven of the library's rules: that finite gradients give finite weights. <c>SNAPSHOTS=accept</c> writes the table of the
/// README and the values of <see cref="RuleDescription.FiniteRanges"/> anew.
/// </summary>
public sealed class FinitenessTests
{
    private const string Header = "| rule | float | double |\n|---|---|---|\n";

    /// <summary>Rules without a proof, each for a reason that the table gives.</summary>
    private static readonly string[] s_open = ["AdaDelta", "Adafactor", "Lamb", "Prodigy"];

    private static readonly ElementFormat[] s_formats = [ElementFormat.Single, ElementFormat.Double];

    private static readonly Lazy<(Type Rule, FinitenessVerdict[] Verdicts)[]> s_verdicts = new(() =>
        [.. DeclaredRule.All.Where(rule => !Compile(rule).UsesMatrices).Select(rule => (rule, s_formats.Select(format => FinitenessVerdict.Of(Compile(rule), format)).ToArray()))]);

    [Fact]
    public void All_rules_but_a_few_are_proven_in_both_types() =>
        Assert.Equal(s_open, s_verdicts.Value.Where(entry => entry.Verdicts.Any(verdict => verdict.Box is null)).Select(entry => entry.Rule.Name));

    [Fact]
    public void Descriptions_have_what_is_proven()
    {
        var file = Path.Combine(Library, "ProvenRanges.cs");
        if (IsAccepting)
            File.WriteAllText(file, Values());
        else
            Assert.Equal(Values(), File.ReadAllText(file).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void The_readme_has_the_table_of_what_is_proven()
    {
        var file = Path.Combine(Library, "README.md");
        var readme = File.ReadAllText(file).ReplaceLineEndings("\n");
        var table = Table();
        var begin = readme.IndexOf(Header, StringComparison.Ordinal);
        if (IsAccepting && begin >= 0)
            File.WriteAllText(file, readme[..begin] + table + readme[EndOfTable(readme, begin)..]);
        else
            Assert.Contains(table, readme, StringComparison.Ordinal);
    }

    /// <summary>What is proven is tried: the largest gradients, the smallest, and those that jump from one to the other.</summary>
    [Fact]
    public void Nothing_within_a_proven_range_is_infinite_when_it_is_run()
    {
        foreach (var (rule, verdicts) in s_verdicts.Value)
        {
            foreach (var (format, verdict) in s_formats.Zip(verdicts).Where(pair => pair.Second.Box is not null))
                Assert.Null(FinitenessRefutation.Find(Decided(rule), verdict.Box!.Value, format, TestContext.Current.CancellationToken)?.Text is { } text ? $"{rule.Name} in {format.Name}: {text}" : null);
        }
    }

    [Theory]
    [InlineData("W = W - ηg/√s; s = s + g²", "s")]
    [InlineData("s = 2s + g; W = W - ηs", "s")]
    [InlineData("W = W - η(s - g²)g/(g - s); s = g", "s")]
    [InlineData("s = βs + (1-β)g; W = W - ηs/(1-β^(t-1))", "s")]
    [InlineData("s = ln(g); W = W - ηs", "s")]
    public void What_is_not_finite_is_not_proven(string formulas, string state)
    {
        foreach (var format in s_formats)
        {
            var verdict = FinitenessVerdict.Of(Compile(formulas, state), format, TestContext.Current.CancellationToken);
            Assert.Null(verdict.Box);
            Assert.NotEqual("", verdict.Obstacle);
        }
    }

    [Theory]
    [InlineData("W = W - ηg/√s; s = s + g²")]
    [InlineData("s = 1.5s + g; W = W - ηs")]
    public void A_refutation_says_with_which_gradients(string formulas)
    {
        var verdict = FinitenessVerdict.Of(Compile(formulas, "s"), ElementFormat.Single, TestContext.Current.CancellationToken);
        Assert.Contains("at step", verdict.Refutation?.Text ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s = βs + (1-β)g²; W = W - ηg/(√s + 1e-8)", 1e15)]
    [InlineData("s = βs + (1-β)(g² + 1e-30); W = W - ηg/√s", 1e15)]
    [InlineData("s = max(s, |g|); W = W - (s > 0 ? ηg/s : 0)", 1e18)]
    [InlineData("s = t == 1 ? g : s; W = W - η clip(s, -1, 1)", 1e18)]
    [InlineData("s = s - (1-β)sign(s - g²)g²; W = W - ηg/(√s + 1e-3)", 1e15)]
    public void What_is_finite_is_proven(string formulas, double gradient)
    {
        var verdict = FinitenessVerdict.Of(Compile(formulas, "s"), ElementFormat.Single, TestContext.Current.CancellationToken);
        Assert.True(verdict.Box is { Steps: 1_000_000 } box && box.Gradient >= gradient, $"{verdict}");
    }

    [Fact]
    public void A_description_says_it()
    {
        var range = Assert.Single(new OptDsl.Rules.AdamW().Description.FiniteRanges, range => range.ElementType == "float");
        Assert.True(range.LargestGradient >= 1e12);
        Assert.Contains($"{range}", new OptDsl.Rules.AdamW().Description.ToString(), StringComparison.Ordinal);
        Assert.Empty(new OptDsl.Rules.Prodigy().Description.FiniteRanges);
    }

    private static bool IsAccepting => Environment.GetEnvironmentVariable("SNAPSHOTS") == "accept";

    private static RuleModel Compile(Type rule) => FormulaCompiler.Compile(DeclaredRule.Source(rule)).Model!;

    /// <summary>The rule with its options at their defaults, as it is examined.</summary>
    private static RuleModel Decided(Type rule) => OptionVariants.Of(Compile(rule), TestContext.Current.CancellationToken).First().Model;

    private static RuleModel Compile(string formulas, string state) => FormulaCompiler.Compile(new(
        Language.Formulas.RuleKind.UpdateRule, formulas, "W", "g", "t", false, new([new(state, "0", Language.Formulas.Cardinality.PerElement, false)]),
        new([
            new("η", "LearningRate", Language.Formulas.HyperType.Schedule, 0, double.PositiveInfinity, 0.1),
            new("β", "Beta", Language.Formulas.HyperType.Double, 0, 1, 0.9),
        ]))).Model!;

    private static string Library { get; } = typeof(FinitenessTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RulesFolder").Value!;

    private static int EndOfTable(string text, int begin)
    {
        var end = begin;
        while (end < text.Length && text[end] == '|')
            end = text.IndexOf('\n', end) + 1;
        return end;
    }

    private static string Values()
    {
        var values = new StringBuilder(
            """
            namespace OptDsl.Rules;

            /// <summary>What is proven of the rules of this folder; made and held by FinitenessTests, from the formulas.</summary>
            internal static class ProvenRanges
            {
                private static readonly Dictionary<string, FiniteRange[]> s_ranges = new()
                {

            """);
        foreach (var (rule, verdicts) in s_verdicts.Value.Where(entry => entry.Verdicts.Any(verdict => verdict.Box is not null)))
        {
            values.Append(CultureInfo.InvariantCulture, $"        // {rule.Name}\n        [\"{((IUpdateRule)Activator.CreateInstance(rule)!).Description.Hash}\"] =\n        [\n");
            foreach (var (format, verdict) in s_formats.Zip(verdicts).Where(pair => pair.Second.Box is not null))
            {
                var box = verdict.Box!.Value;
                values.Append(CultureInfo.InvariantCulture, $"            new(\"{format.Name}\", {box.Gradient:0e0}, {box.Weight:0e0}, {box.StepSize?.ToString(CultureInfo.InvariantCulture) ?? "null"}, {box.Steps.ToString("N0", CultureInfo.InvariantCulture).Replace(',', '_')}),\n");
            }

            values.Append("        ],\n");
        }

        return values.Append(
            """
                };

                /// <summary>By the identity of an algorithm.</summary>
                public static IReadOnlyList<FiniteRange> Of(string hash) => s_ranges.GetValueOrDefault(hash, []);
            }

            """).ToString();
    }

    private static string Table()
    {
        var table = new StringBuilder(Header);
        foreach (var (rule, verdicts) in s_verdicts.Value)
            table.Append(CultureInfo.InvariantCulture, $"| {rule.Name} | {Cell(verdicts[0])} | {Cell(verdicts[1])} |\n");
        return table.ToString();
    }

    private static string Cell(FinitenessVerdict verdict) => verdict switch
    {
        { Box: { } box } => $"{box.Gradient.ToString("0e0", CultureInfo.InvariantCulture)}{(box.StepSize is null ? " (default η)" : "")}{(verdict.Obstacle == "" ? "" : $", then `{verdict.Obstacle.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal)}`")}",
        { Refutation: { } refutation } => $"no: {refutation.Text}",
        _ => $"not proven: `{verdict.Obstacle.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal)}`",
    };
}
