using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using OptDsl.Generators.Analyzers;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Analyzers;

/// <summary>OPT315: differences of which the memory of a state leaves nothing.</summary>
public sealed class RoundedDifferenceTests
{
    internal const string Graves = "v = αv + (1-α)g²; ḡ = αḡ + (1-α)g; W = W - η g / √(v - ḡ² + 0.0001)";

    private const string BFloat16 = "Storage = Storage.BFloat16";
    private const string Block8 = "Storage = Storage.Block8";

    public static TheoryData<string, string, string> Broken => new()
    {
        // Graves, 2013, as printed: the root's guard is large enough for floats.
        { Graves, BFloat16, "the step is not a number" },
        { Graves, Block8, "the step is not a number" },
        { "v = αv + (1-α)g²; ḡ = αḡ + (1-α)g; d = v - ḡ²; W = W - η g / (√max(d, 0) + ε)", BFloat16, "times as long" },
        { "v = αv + (1-α)g²; ḡ = αḡ + (1-α)g; W = W - η ḡ / (v - ḡ² + 0.0001)", BFloat16, "the step goes the other way" },
        { "v = αv + (1-α)g²; ḡ = αḡ + (1-α)g; W = W - η g (v + 0.001 - ḡ²)^(-0.5)", Block8, "the step is not a number" },
        { "v = αv + (1-α)abs(g); ḡ = αḡ + (1-α)g; W = W - η g ln(1.001 v / (v - abs(ḡ) + 0.001v)) / (1+v)", BFloat16, "the step is not a number" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task What_rounding_makes_negative_or_nothing_is_told_of_each_state(string formulas, string storage, string consequence)
    {
        var diagnostics = await DiagnoseAsync(Rule(formulas, "\"v\", " + storage, "\"ḡ\", " + storage));
        var found = diagnostics.Where(diagnostic => diagnostic.Id == "OPT315").ToList();
        Assert.Equal(["\"v\"", "\"ḡ\""], found.Select(diagnostic => diagnostic.Location.SourceTree!.GetText(TestContext.Current.CancellationToken).ToString(diagnostic.Location.SourceSpan)));
        Assert.All(found, diagnostic => Assert.Contains(consequence, diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }

    [Fact]
    public async Task To_the_nearest_is_to_a_neighbour_too()
    {
        var diagnostics = await DiagnoseAsync(Rule(Graves, "\"v\"", "\"ḡ\", Rounding = Rounding.Nearest, " + BFloat16));
        Assert.Single(diagnostics, diagnostic => diagnostic.Id == "OPT315");
    }

    [Fact]
    public async Task The_message_has_the_numbers()
    {
        var diagnostics = await DiagnoseAsync(Rule(Graves, "\"v\"", "\"ḡ\", " + BFloat16));
        Assert.Equal(
            "ḡ in bfloat16 leaves nothing of 'v - ḡ² + 0.0001': with gradients that vary by 10 % about their mean it is 0.01342, and with ḡ = 1.727 for 1.721 it is -0.005, "
                + "so that the step is not a number; either way of rounding gives a neighbour, so leave ḡ as wide as the elements",
            Assert.Single(diagnostics, diagnostic => diagnostic.Id == "OPT315").GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]

    // As wide as the elements.
    [InlineData(Graves, "Storage = Storage.Element")]

    // Nothing negative comes of a square.
    [InlineData("ḡ = αḡ + (1-α)g; v = αv + (1-α)(g - ḡ)²; W = W - η ḡ / (√v + ε)", Block8)]

    // The difference is what is kept.
    [InlineData("ḡ = αḡ + (1-α)g; v = αv + (1-α)(g² - ḡ²)²; W = W - η g / (√v + 0.01)", BFloat16)]
    [InlineData("ḡ = αḡ + (1-α)g; v = αv + (1-α)g²; W = W - η (ḡ - 0.1g) / (√v + ε)", Block8)]

    // A guard that is larger than what rounding takes.
    [InlineData("v = αv + (1-α)g²; ḡ = αḡ + (1-α)g; W = W - η g / √(v - ḡ² + 0.5v + ε)", BFloat16)]
    public async Task What_survives_is_left_alone(string formulas, string storage)
    {
        var diagnostics = await DiagnoseAsync(Rule(formulas, "\"v\", " + storage, "\"ḡ\", " + storage));
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Id == "OPT315");
    }

    [Fact]
    public async Task A_state_that_an_option_adds_is_examined()
    {
        var diagnostics = await DiagnoseAsync(
            Rule("v = αv + (1-α)g²; ḡ = αḡ + (1-α)g; W = W - η g / √(v - (centered ? ḡ² : 0) + 0.0001)", "\"v\"", "\"ḡ\", When = \"centered\", " + BFloat16)
                .Replace("[Hyper(\"η\")]", "[Hyper(\"centered\")] public bool Centered { get; set; }\n\n    [Hyper(\"η\")]", StringComparison.Ordinal));
        Assert.EndsWith("where centered is on", Assert.Single(diagnostics, diagnostic => diagnostic.Id == "OPT315").GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    private static Task<ImmutableArray<Diagnostic>> DiagnoseAsync(string rule) =>
        AnalyzerRun.DiagnoseAsync(TestCompilation.Create([new SourceFile("Rule.cs", rule)]), [new LintAnalyzer()]);

    internal static string Rule(string formulas, string second, string first) => $$"""
        using OptDsl;

        [UpdateRule("{{formulas}}")]
        [State({{second}})]
        [State({{first}})]
        partial class Rule
        {
            [Hyper("η")] public double Eta { get; set; } = 0.01;

            [Hyper("α")] public double Alpha { get; set; } = 0.95;
        {{(formulas.Contains('ε', StringComparison.Ordinal) ? "[Hyper(\"ε\")] public double Epsilon { get; set; } = 1e-8;" : "")}}
        }
        """;
}
