using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Generation;

/// <summary>No text of a declaration can become C# in the generated file: names reach it only through the checked symbol table.</summary>
public sealed class InjectionTests
{
    private const string Payload = "class Injected { }";

    public static TheoryData<string> Breakouts =>
    [
        "\u2028", "\u2029", "\u0085", "\r", "\n", "\v", "\f", "*/ ", "*/\n", "\"; } } ", "\"\"\" ", "\\\" ", "#endif\n", "</summary>\n", "}}\n",
    ];

    [Theory]
    [MemberData(nameof(Breakouts))]
    public void A_comment_stays_a_comment(string breakout) =>
        Check($"W = W - ηg # {breakout}{Payload}", "η", "0");

    [Theory]
    [MemberData(nameof(Breakouts))]
    public void A_wrong_formula_stays_a_message(string breakout)
    {
        Check($"W = W - {breakout}{Payload}", "η", "0");
        Check($"W = W - g / η{breakout}η", "η", "0");
        Check($"W = W - max(g{breakout})", "η", "0");
    }

    [Theory]
    [MemberData(nameof(Breakouts))]
    public void A_symbol_stays_a_symbol(string breakout) => Check("W = W - ηg", $"η{breakout}{Payload}", "0");

    [Theory]
    [MemberData(nameof(Breakouts))]
    public void An_initial_value_stays_an_expression(string breakout)
    {
        Check("v = v + g; W = W - ηv", "η", $"0{breakout}{Payload}");
        Check("v = v + g; W = W - ηv", "η", $"0 # {breakout}{Payload}");
    }

    [Theory]
    [InlineData("Parameter")]
    [InlineData("Gradient")]
    [InlineData("Step")]
    [InlineData("State")]
    [InlineData("Initial")]
    [InlineData("When")]
    [InlineData("Meaning")]
    [InlineData("Hyper")]
    [InlineData("Formulas")]
    public void No_argument_ends_a_comment(string argument)
    {
        string[] openings = ["", "#", "%", "# ", ";", "_{", "*/", "\\"];
        string[] ends = ["\n", "\r", "\r\n", "\u0085", "\u2028", "\u2029", "\v", "\f", "\uFFFF", "\uFFFE", "\uD800", "\u202E", "\0"];
        foreach (var text in openings.SelectMany(opening => ends.Select(end => $"{opening}{end}{Payload}//")))
            CheckArgument(argument, text);
    }

    private static void CheckArgument(string argument, string text)
    {
        Verify($$"""
            using OptDsl;
            [UpdateRule({{Of("Formulas", "v = v + g; n = n + ‖g‖; W = W - ηvt - n")}}, Parameter = {{Of("Parameter", "W")}}, Gradient = {{Of("Gradient", "g")}}, Step = {{Of("Step", "t")}})]
            [State({{Of("State", "v")}}, Initial = {{Of("Initial", "0")}}, When = {{Of("When", "q")}}, Meaning = {{Of("Meaning", "m")}}), State("n", Per = Per.Tensor)]
            public partial class Rule
            {
                [Hyper({{Of("Hyper", "η")}})] public double Eta { get; set; } = 0.1;
                [Hyper("q")] public bool Quick { get; set; }
            }

            [Schedule({{Of("Formulas", "x = η/t")}}, Step = {{Of("Step", "t")}})]
            public partial class RuleSchedule { [Hyper({{Of("Hyper", "η")}})] public double Eta { get; set; } = 0.1; }
            """);

        string Of(string name, string usual) => Literal(name == argument ? usual + text : usual);
    }

    [Theory]
    [InlineData("\uFFFF")]
    [InlineData("\uFFFE")]
    [InlineData("\uD835")]
    [InlineData("\u0001")]
    [InlineData("<&>")]
    [InlineData("\u2028")]
    public void A_comment_of_any_text_is_a_comment_that_compiles(string text)
    {
        var run = GeneratorRun.Of($$"""
            using OptDsl;
            [UpdateRule({{Literal($"# {text}\nv = v + g # {text}\nW = W - v")}}), State("v", When = {{Literal($"q # {text}")}}, Initial = {{Literal($"0 # {text}")}}, Meaning = {{Literal(text)}})]
            public partial class Rule { [Hyper("q")] public bool Quick { get; set; } = true; }
            """.Replace("W - v", "W - (q ? v : g)", StringComparison.Ordinal));

        Assert.DoesNotContain(
            run.Compilation.GetDiagnostics(TestContext.Current.CancellationToken), diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden);
    }

    [Theory]
    [InlineData("g#x")]
    [InlineData("g%")]
    [InlineData("g\u2028")]
    [InlineData("g\n")]
    [InlineData("\u0085g")]
    [InlineData("g;")]
    public void Symbol_is_a_name_and_nothing_besides(string symbol)
    {
        Assert.Null(Language.Formulas.Binding.SymbolNames.Normalize(symbol));
        Check("W = W - ηg", symbol, "0");
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\u0085")]
    [InlineData("\u2028")]
    [InlineData("\u2029")]
    public void Comment_ends_where_a_line_of_CSharp_does(string end)
    {
        var model = Formulas.Rule.Model(Formulas.Rule.Source($"u = 2g # twice{end}W = W - u"));
        Assert.Equal(["u", "W"], model.Definitions.Select(definition => definition.Target.Name));
    }

    private static void Check(string formulas, string hyper, string initial) => Verify($$"""
        using OptDsl;
        [UpdateRule({{Literal(formulas)}}), State("v", Initial = {{Literal(initial)}})]
        public partial class Rule { [Hyper({{Literal(hyper)}})] public double Eta { get; set; } = 0.1; }
        """);

    private static void Verify(string source)
    {
        foreach (var file in GeneratorRun.Of(source).Files)
            Verify(file);
    }

    private static void Verify(GeneratedSourceResult file)
    {
        var tree = CSharpSyntaxTree.ParseText(file.SourceText.ToString(), TestCompilation.ParseOptions, cancellationToken: TestContext.Current.CancellationToken);
        var root = tree.GetRoot(TestContext.Current.CancellationToken);

        Assert.All(
            root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>(),
            type => Assert.StartsWith("Rule", type.Identifier.ValueText, StringComparison.Ordinal));
        Assert.DoesNotContain(
            tree.GetDiagnostics(TestContext.Current.CancellationToken), diagnostic => diagnostic.Id != "CS1029");
    }

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}
