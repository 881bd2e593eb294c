using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using OptDsl.Generators.Analyzers;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Analyzers;

/// <summary>Each OPT1xx at its exact characters, in every kind of literal.</summary>
public sealed class FormulaAnalyzerTests
{
    private const string Members = """{ [Hyper("η")] public double Eta { get; set; } [Hyper("μ")] public double Mu { get; set; } }""";

    [Theory]
    [InlineData("W = W - {|OPT101:)|} ηg")]
    [InlineData("W = W - η{|OPT102:q|}")]
    [InlineData("W = W - {|OPT104:sqroot|}(g)")]
    [InlineData("W = W - {|OPT105:g / ημ|}")]
    [InlineData("{|OPT107:η|} = 1; W = W - ηg")]
    public Task Errors_are_at_their_characters(string formulas) => Verify($"\"{formulas}\"");

    [Theory]
    [InlineData("{|OPT111:for t = 1 to T do|} W = W - ηg")]
    [InlineData("W = W - ηg {|OPT111:(the step of descent)|}")]
    public Task OPT111_words_that_are_left_out(string formulas) => Verify($"\"{formulas}\"");

    [Fact]
    public Task OPT111_is_silent_for_formulas_and_comments() => Verify("\"W = W - ηg # descend\"");

    [Fact]
    public Task OPT103_two_readings() => AnalyzerVerifier.VerifyAsync<FormulaAnalyzer>(
        """
        using OptDsl;
        [UpdateRule("W = W - {|OPT103:gabc|}")]
        partial class Rule
        {
            [Hyper("ab")] public double AB { get; set; }
            [Hyper("c")] public double C { get; set; }
            [Hyper("a")] public double A { get; set; }
            [Hyper("bc")] public double BC { get; set; }
        }
        """);

    [Fact]
    public Task OPT106_shape_in_a_schedule() => AnalyzerVerifier.VerifyAsync<FormulaAnalyzer>(
        """using OptDsl; [UpdateRule("s = {|OPT106:g|}; W = W - s"), State("s", Per = Per.Tensor)] partial class Rule;""");

    [Fact]
    public Task OPT106_value_of_one_tensor_for_the_group() => AnalyzerVerifier.VerifyAsync<FormulaAnalyzer>(
        """using OptDsl; [UpdateRule("s = {|OPT106:‖g‖|}; W = W - sg"), State("s", Per = Per.Group)] partial class Rule;""");

    [Fact]
    public Task OPT106_is_silent_where_the_group_is_reduced() => AnalyzerVerifier.VerifyAsync<FormulaAnalyzer>(
        """using OptDsl; [UpdateRule("s = group(‖g‖); W = W - sg"), State("s", Per = Per.Group)] partial class Rule;""");

    [Fact]
    public Task OPT104_group_of_what_is_no_function() => AnalyzerVerifier.VerifyAsync<FormulaAnalyzer>(
        """using OptDsl; [UpdateRule("W = W - group({|OPT104:g²|})g")] partial class Rule;""");

    [Fact]
    public Task OPT108_read_before_value() => AnalyzerVerifier.VerifyAsync<FormulaAnalyzer>(
        """using OptDsl; [UpdateRule("W = W - {|OPT108:u|}; u = g")] partial class Rule;""");

    [Fact]
    public Task OPT109_read_without_the_state() => AnalyzerVerifier.VerifyAsync<FormulaAnalyzer>(
        """
        using OptDsl;
        [UpdateRule("v = v + g; W = W - v / (1 + {|OPT109:ḡ|}²); ḡ = ḡ + g")]
        [State("v"), State("ḡ", When = "centered")]
        partial class Rule { [Hyper("centered")] public bool Centered { get; set; } }
        """);

    [Fact]
    public Task OPT109_is_silent_where_the_condition_holds() => AnalyzerVerifier.VerifyAsync<FormulaAnalyzer>(
        """
        using OptDsl;
        [UpdateRule("v = v + g; W = W - v / (1 + (centered ? ḡ² : 0)); ḡ = ḡ + g")]
        [State("v"), State("ḡ", When = "centered")]
        partial class Rule { [Hyper("centered")] public bool Centered { get; set; } }
        """);

    [Theory]
    [InlineData("\"{|OPT112:W_{t-1}|}\"")]
    [InlineData("\"{|OPT112:x_{t-1}|}\"")]
    [InlineData("@\"{|OPT112:g_{t-2}|}\"")]
    [InlineData("\"g_{t-1}\"")]
    [InlineData("\"W_{t-2}\"")]
    public Task OPT112_is_at_the_symbol_of_the_state(string symbol) => AnalyzerVerifier.VerifyAsync<FormulaAnalyzer>(
        $"""using OptDsl; [UpdateRule("W_t = W_(t-1) - g_t"), State({symbol}, Output = true)] partial class Rule;""".Replace("W_(t-1)", "W_{t-1}", StringComparison.Ordinal));

    [Theory]
    [InlineData("\"μ ≠ 0 and {|OPT110:t|} > 1\"")]
    [InlineData("@\"{|OPT110:η|} > 1\"")]
    [InlineData("\"\"\"not {|OPT110:μ|}\"\"\"")]
    [InlineData("\"{|OPT102:centred|}\"")]
    [InlineData("{|OPT110:\"t \" + \"> 1\"|}")]
    [InlineData("\"centered or μ ≠ 0\"")]
    [InlineData("\"\"")]
    [InlineData("null!")]
    public Task OPT110_is_at_the_characters_of_the_condition(string when) => AnalyzerVerifier.VerifyAsync<FormulaAnalyzer>(
        $$"""
        using OptDsl;
        [UpdateRule("s = s + g; W = W - ηg"), State("s", When = {{when}}, Output = true)]
        partial class Rule
        {
            [Hyper("η")] public Schedule Eta { get; set; } = 0.1;
            [Hyper("μ")] public double Mu { get; set; }
            [Hyper("centered")] public bool Centered { get; set; }
        }
        """);

    [Theory]
    [InlineData("\"\\u0057 = W - \\u03B7{|OPT102:\\u0071|}\"")]
    [InlineData("\"W = W - \\U000003B7{|OPT102:q|}\"")]
    [InlineData("@\"W = W - η{|OPT102:q|}\"")]
    [InlineData("@\"W = W\n  - η{|OPT102:q|}\"")]
    [InlineData("@\"W = W\r\n  - η{|OPT102:q|}\"")]
    [InlineData("\"\"\"W = W - η{|OPT102:q|}\"\"\"")]
    [InlineData("\"\"\"\n    m\u0302 = g\n    W = W - η{|OPT102:q|}\n    \"\"\"")]
    [InlineData("\"\"\"\r\n    m\u0302 = g\r\n    W = W - η{|OPT102:q|}\r\n    \"\"\"")]
    [InlineData("{|OPT102:\"W = W - \" + \"ηq\"|}")]
    [InlineData("{|OPT102:Rule.Text|}")]
    [InlineData("{|OPT102:(\"W = W - ηq\" + \"\")|}")]
    public Task Every_kind_of_literal_is_mapped(string argument) => Verify(argument, """public const string Text = "W = W - ηq";""");

    [Fact]
    public Task Initial_values_are_mapped_to_their_own_argument() => AnalyzerVerifier.VerifyAsync<FormulaAnalyzer>(
        """using OptDsl; [UpdateRule("W = W - g; a = a + W; b = b + W"), State("a", Initial = "W²"), State("b", Initial = "W + {|OPT102:q|}", Output = true)] partial class Rule;""");

    [Fact]
    public Task Formulas_of_a_rule_that_is_not_partial_are_checked_all_the_same() =>
        AnalyzerVerifier.VerifyAsync<FormulaAnalyzer>("""using OptDsl; [UpdateRule("W = W - {|OPT102:q|}")] class Rule;""");

    [Fact]
    public Task Formulas_whose_symbols_are_in_doubt_are_left_alone() =>
        AnalyzerVerifier.VerifyAsync<FormulaAnalyzer>("""using OptDsl; [UpdateRule("W = W - q"), State("1q")] partial class Rule;""");

    [Fact]
    public Task Pragmas_silence_nothing_but_their_lines() => AnalyzerVerifier.VerifyAsync<FormulaAnalyzer>(
        """
        using OptDsl;
        #pragma warning disable OPT102
        [UpdateRule("W = W - q")] partial class Silent;
        #pragma warning restore OPT102
        [UpdateRule("W = W - {|OPT102:q|}")] partial class Rule;
        """);

    [Theory]
    [InlineData("W = W - msign(m)", "{|OPT020:Storage.BFloat16|}")]
    [InlineData("W = W - m / rownorm(m)", "{|OPT020:Storage.BFloat16|}")]
    [InlineData("W = W - m / norm(m)", "Storage.BFloat16")]
    [InlineData("W = W - msign(m)", "Storage.Element")]
    public Task OPT020_states_of_rules_of_matrices_are_whole(string statement, string storage) => AnalyzerVerifier.VerifyAsync<FormulaAnalyzer>(
        $$"""using OptDsl; [UpdateRule("m = m + g; {{statement}}"), State("m", Storage = {{storage}})] partial class Rule;""");

    [Fact]
    public async Task Messages_are_the_front_ends()
    {
        var diagnostics = await Verify("\"W = W - η{|OPT102:q|}\"");
        Assert.StartsWith("'q' ", diagnostics.Single().GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.EndsWith("/generators/DIAGNOSTICS.md#opt102", diagnostics.Single().Descriptor.HelpLinkUri, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_is_read_and_compiled_once_for_all_analyzers()
    {
        var compilation = TestCompilation.Create(SourceFile.Numbered("""using OptDsl; [UpdateRule("W = W - g")] partial class Rule;"""));
        var type = compilation.GetTypeByMetadataName("Rule")!;
        var cancellation = TestContext.Current.CancellationToken;
        var first = AnalyzedRules.Find(type, compilation, cancellation)!;
        Assert.Same(first, AnalyzedRules.Find(type, compilation, cancellation));
        Assert.Same(first.Compile(cancellation), first.Compile(cancellation));
        Assert.NotSame(first, AnalyzedRules.Find(type, compilation.Clone(), cancellation));
    }

    private static Task<ImmutableArray<Diagnostic>> Verify(string argument, string member = "") => AnalyzerVerifier.VerifyAsync<FormulaAnalyzer>(
        $"using OptDsl; [UpdateRule({argument})] partial class Rule {Members[..^1]} {member} }}");
}
