using OptDsl.CodeFixes.Formulas;
using OptDsl.Generators.Analyzers;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.CodeFixes;

public sealed class FormulaFixTests
{
    [Theory]
    [InlineData("\"W = W - {|OPT105:g / ab|}\"", "\"W = W - g / (ab)\"", 0)]
    [InlineData("@\"W = W - {|OPT105:g / ab|}\"", "@\"W = W - g / (ab)\"", 0)]
    [InlineData("\"\"\"\n  W = W - {|OPT105:g / ab|}\n  \"\"\"", "\"\"\"\n  W = W - g / (ab)\n  \"\"\"", 0)]
    [InlineData("\"W = W - {|OPT105:\\u0067 / \\u0061b|}\"", "\"W = W - \\u0067 / (ab)\"", 0)]
    public Task A_reading_is_written_out_in_the_literal(string argument, string fixedArgument, int fix) => Verify(Rule(argument), Rule(fixedArgument), fix);

    [Fact]
    public Task All_quotients_of_a_document_take_the_same_reading() => Verify(
        Rule("\"u = {|OPT105:g / ab|}; W = W - {|OPT105:u / ab|}\""), Rule("\"u = g / (ab); W = W - u / (ab)\""), fixAll: true);

    [Fact]
    public Task Missing_bracket_is_inserted() => Verify(Rule("\"W = W - (g + {|OPT101:a|}\""), Rule("\"W = W - (g + a)\""));

    [Fact]
    public Task A_read_without_the_state_is_given_a_value() => Verify(
        """using OptDsl; [UpdateRule("s = s + g; W = W - g / (1 + {|OPT109:s|}²)"), State("s", When = "p")] partial class Rule { [Hyper("p")] public bool P { get; set; } }""",
        """using OptDsl; [UpdateRule("s = s + g; W = W - g / (1 + (p ? s : 0)²)"), State("s", When = "p")] partial class Rule { [Hyper("p")] public bool P { get; set; } }""",
        title: "Read 0 where 'p' does not hold");

    [Theory]
    [InlineData("u = norm(g); s = {|OPT106:s + u|}; W = W - sg", "u = group(norm(g)); s = s + u; W = W - sg", "Take it over the group: group(norm(g))")]
    [InlineData("s = s + group({|OPT104:‖g‖/2|}); W = W - sg", "s = s + (group(‖g‖)/2); W = W - sg", "Write (group(‖g‖)/2)")]
    [InlineData("s = s + group({|OPT104:g²|}); W = W - sg", "s = s + group(sum(g²)); W = W - sg", "Sum it: group(sum(g²))")]
    public Task A_function_is_taken_over_the_group(string formulas, string mended, string title) => Verify(
        $$"""using OptDsl; [UpdateRule("{{formulas}}"), State("s", Per = Per.Group)] partial class Rule;""",
        $$"""using OptDsl; [UpdateRule("{{mended}}"), State("s", Per = Per.Group)] partial class Rule;""", title: title);

    [Fact]
    public Task States_in_between_are_declared() => Verify(
        """
        using OptDsl;
        [UpdateRule("W_t = W_{t-1} - g_t - g_{t-3}")]
        [State("{|OPT112:g_{t-3}|}")]
        partial class Rule;
        """,
        """
        using OptDsl;
        [UpdateRule("W_t = W_{t-1} - g_t - g_{t-3}")]
        [State("g_{t-3}")]
        [State("g_{t-1}")]
        [State("g_{t-2}")]
        partial class Rule;
        """,
        title: "Declare 'g_{t-1}' and 'g_{t-2}', which then are kept");

    [Fact]
    public Task The_past_that_is_read_is_declared() => Verify(
        """
        using OptDsl;
        [UpdateRule("W_t = W_{t-1} - g_t - {|OPT108:g_{t-1}|}")]
        partial class Rule;
        """,
        """
        using OptDsl;
        [UpdateRule("W_t = W_{t-1} - g_t - g_{t-1}")]
        [State("g_{t-1}")]
        partial class Rule;
        """,
        title: "Declare 'g_{t-1}', which then is kept");

    [Fact]
    public Task A_number_becomes_a_condition() => Verify(
        """using OptDsl; [UpdateRule("s = μs + g; W = W - (μ ≠ 0 ? s : g)"), State("s", When = "{|OPT110:μ|}")] partial class Rule { [Hyper("μ")] public double Mu { get; set; } }""",
        """using OptDsl; [UpdateRule("s = μs + g; W = W - (μ ≠ 0 ? s : g)"), State("s", When = "μ ≠ 0")] partial class Rule { [Hyper("μ")] public double Mu { get; set; } }""",
        title: "Change to 'μ ≠ 0'");

    [Theory]
    [InlineData(0, "a·bc")]
    [InlineData(1, "ab·c")]
    public Task Ambiguous_product_is_written_out(int reading, string written) => Verify(
        Products("{|OPT103:abc|}"), Products(written), reading);

    [Fact]
    public Task Unknown_function_becomes_the_nearest() => Verify(Rule("\"W = W - {|OPT104:sqrtt|}(g²)\""), Rule("\"W = W - sqrt(g²)\""));

    [Fact]
    public Task Name_that_is_read_first_becomes_a_state() => Verify(
        """using OptDsl; [UpdateRule("h = {|OPT108:h|} + g; W = W - h")] partial class Rule;""",
        "using OptDsl; [UpdateRule(\"h = h + g; W = W - h\")]\n[State(\"h\")] partial class Rule;");

    [Fact]
    public Task Unknown_name_becomes_the_nearest() => Verify(
        """using OptDsl; [UpdateRule("W = W - {|OPT102:moment|}"), State("momentum")] partial class Rule;""",
        """using OptDsl; [UpdateRule("W = W - momentum"), State("momentum")] partial class Rule;""", title: "Change to 'momentum'");

    [Theory]
    [InlineData("W = W - {|OPT102:grad|}", "W = W - g", "Change to 'g'")]
    public Task Notation_from_elsewhere_is_replaced(string formulas, string mended, string title) => Verify(
        $"using OptDsl; [UpdateRule(\"{formulas}\")] partial class Rule;", $"using OptDsl; [UpdateRule(\"{mended}\")] partial class Rule;", title: title);

    [Fact]
    public async Task Composed_text_is_not_edited_but_names_can_be_declared()
    {
        var titles = await CodeFixVerifier.TitlesAsync<FormulaAnalyzer, FormulaFixProvider>(
            """using OptDsl; [UpdateRule({|OPT102:"W = W - " + "moment"|}), State("momentum")] partial class Rule;""");
        Assert.NotEmpty(titles);
        Assert.DoesNotContain(titles, title => title.StartsWith("Change", StringComparison.Ordinal));
    }

    [Fact]
    public Task Hyper_parameter_is_declared_after_the_others() => Verify(
        """
        using OptDsl;

        [UpdateRule("W = W - η{|OPT102:β₁|}g")]
        public partial class Rule
        {
            private int _count;

            [Hyper("η")] public double Eta { get; set; } = 0.1;

            public int Count => _count++;
        }
        """,
        """
        using OptDsl;

        [UpdateRule("W = W - ηβ₁g")]
        public partial class Rule
        {
            private int _count;

            [Hyper("η")] public double Eta { get; set; } = 0.1;

            /// <summary>The hyper-parameter β₁.</summary>
            [Hyper("β₁")] public double Beta1 { get; set; }

            public int Count => _count++;
        }
        """, title: "Declare 'β₁' as a hyper-parameter");

    [Fact]
    public Task Hyper_parameter_is_declared_in_an_empty_body() => Verify(
        "namespace Demo\r\n{\r\n    [OptDsl.UpdateRule(\"W = W - {|OPT102:η|}g\")]\r\n    public partial class Rule\r\n    {\r\n    }\r\n}\r\n",
        "namespace Demo\r\n{\r\n    [OptDsl.UpdateRule(\"W = W - ηg\")]\r\n    public partial class Rule\r\n    {\r\n"
        + "        /// <summary>The hyper-parameter η.</summary>\r\n        [OptDsl.Hyper(\"η\")] public double LearningRate { get; set; }\r\n    }\r\n}\r\n",
        title: "Declare 'η' as a hyper-parameter");

    [Theory]
    [InlineData("η", "double LearningRate")]
    [InlineData("η", "Schedule StepSize")]
    [InlineData("β₁", "double beta_1")]
    [InlineData("ε", "float Epsilon")]
    public Task A_plain_property_of_such_a_name_becomes_the_hyper_parameter(string symbol, string property) => Verify(
        $"using OptDsl;\n[UpdateRule(\"W = W - {{|OPT102:{symbol}|}}g\")]\npartial class Rule\n{{\n    /// <summary>What is taken.</summary>\n    public {property} {{ get; set; }} = 1;\n}}\n",
        $"using OptDsl;\n[UpdateRule(\"W = W - {symbol}g\")]\npartial class Rule\n{{\n    /// <summary>What is taken.</summary>\n    [Hyper(\"{symbol}\")] public {property} {{ get; set; }} = 1;\n}}\n",
        title: $"Declare '{symbol}' as a hyper-parameter");

    [Theory]
    [InlineData("static double LearningRate { get; set; } = 1;")]
    [InlineData("int LearningRate { get; set; } = 1;")]
    [InlineData("double LearningRate => 1;")]
    [InlineData("double Other { get; set; } = 1;")]
    public Task A_property_that_cannot_be_one_or_means_something_else_stays_as_it_is(string property) => Verify(
        $"using OptDsl;\n[UpdateRule(\"W = W - {{|OPT102:λ|}}g\")]\npartial class Rule\n{{\n    public {property.Replace("LearningRate", "WeightDecay", StringComparison.Ordinal)}\n}}\n",
        $"using OptDsl;\n[UpdateRule(\"W = W - λg\")]\npartial class Rule\n{{\n    /// <summary>The hyper-parameter λ.</summary>\n    [Hyper(\"λ\")] public double {(property.Contains("Other", StringComparison.Ordinal) ? "WeightDecay" : "WeightDecay2")} {{ get; set; }}\n\n    public {property.Replace("LearningRate", "WeightDecay", StringComparison.Ordinal)}\n}}\n",
        title: "Declare 'λ' as a hyper-parameter");

    [Fact]
    public Task Hyper_parameter_is_declared_where_there_is_no_body() => Verify(
        "using OptDsl;\n[UpdateRule(\"W = W - {|OPT102:λ|}g\")]\npartial record WeightDecay;\n",
        "using OptDsl;\n[UpdateRule(\"W = W - λg\")]\npartial record WeightDecay\n{\n    /// <summary>The hyper-parameter λ.</summary>\n"
        + "    [Hyper(\"λ\")] public double WeightDecay2 { get; set; }\n}\n",
        title: "Declare 'λ' as a hyper-parameter");

    [Fact]
    public Task All_unknown_names_become_hyper_parameters() => Verify(
        "using OptDsl;\n[UpdateRule(\"u = {|OPT102:α|}g; W = W - {|OPT102:α|} · {|OPT102:γ|}u\")]\npartial class Rule { }\n",
        "using OptDsl;\n[UpdateRule(\"u = αg; W = W - α · γu\")]\npartial class Rule {\n    /// <summary>The hyper-parameter α.</summary>\n"
        + "    [Hyper(\"α\")] public double Alpha { get; set; }\n\n    /// <summary>The hyper-parameter γ.</summary>\n"
        + "    [Hyper(\"γ\")] public double Gamma { get; set; }\n }\n",
        title: "Declare 'α' as a hyper-parameter", fixAll: true);

    [Fact]
    public Task State_is_declared_below_the_rule() => Verify(
        """
        using OptDsl;

        [UpdateRule("W = W - {|OPT102:m̂|}")]
        public partial class Rule;
        """,
        """
        using OptDsl;

        [UpdateRule("W = W - m̂")]
        [State("m̂")]
        public partial class Rule;
        """, title: "Declare 'm̂' as a state");

    [Fact]
    public Task State_is_declared_below_the_other_states() => Verify(
        """
        using OptDsl;
        [UpdateRule("v = v + g; W = W - v - {|OPT102:u|}"), State("v")]
        partial class Rule;
        """,
        """
        using OptDsl;
        [UpdateRule("v = v + g; W = W - v - u"), State("v")]
        [State("u")]
        partial class Rule;
        """, title: "Declare 'u' as a state");

    [Theory]
    [InlineData("η", "LearningRate")]
    [InlineData("λ", "WeightDecay")]
    [InlineData("β1", "Beta1")]
    [InlineData("β₂", "Beta2")]
    [InlineData("ε", "Epsilon")]
    [InlineData("η1", "Eta1")]
    [InlineData("lr", "Lr")]
    [InlineData("μ\u0302'", "MuHatPrime")]
    [InlineData("weight_decay", "WeightDecay")]
    [InlineData("日", "日")]
    [InlineData("1", "Hyper1")]
    [InlineData("γ", "Gamma2")]
    public void Properties_are_named_after_their_symbols(string symbol, string name) =>
        Assert.Equal(name, PropertyNames.For(symbol, ["Gamma"]));

    private static string Products(string product) =>
        $"using OptDsl; [UpdateRule(\"W = W - {product}*g\")] partial class Rule {{ {string.Concat(new[] { "a", "ab", "bc", "c" }.Select(name => $"[Hyper(\"{name}\")] public double {name.ToUpperInvariant()} {{ get; set; }} "))}}}";

    private static string Rule(string argument) =>
        $"using OptDsl; [UpdateRule({argument})] partial class Rule {{ [Hyper(\"a\")] public double A {{ get; set; }} [Hyper(\"b\")] public double B {{ get; set; }} }}";

    private static async Task Verify(string source, string fixedSource, int fix = 0, string? title = null, bool fixAll = false)
    {
        if (title is not null)
        {
            Assert.Contains(title, await CodeFixVerifier.TitlesAsync<FormulaAnalyzer, FormulaFixProvider>(source));
            fix = Array.IndexOf(await CodeFixVerifier.TitlesAsync<FormulaAnalyzer, FormulaFixProvider>(source), title);
        }

        await CodeFixVerifier.VerifyAsync<FormulaAnalyzer, FormulaFixProvider>(source, fixedSource, fix, title, fixAll);
    }
}
