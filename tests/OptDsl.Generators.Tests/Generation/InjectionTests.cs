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

    private static void Check(string formulas, string hyper, string initial)
    {
        var run = GeneratorRun.Of($$"""
            using OptDsl;
            [UpdateRule({{Literal(formulas)}}), State("v", Initial = {{Literal(initial)}})]
            public partial class Rule { [Hyper({{Literal(hyper)}})] public double Eta { get; set; } = 0.1; }
            """);
        var tree = CSharpSyntaxTree.ParseText(run.Text, TestCompilation.ParseOptions, cancellationToken: TestContext.Current.CancellationToken);
        var root = tree.GetRoot(TestContext.Current.CancellationToken);

        Assert.All(
            root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>(),
            type => Assert.StartsWith("Rule", type.Identifier.ValueText, StringComparison.Ordinal));
        Assert.DoesNotContain(
            tree.GetDiagnostics(TestContext.Current.CancellationToken), diagnostic => diagnostic.Id != "CS1029");
    }

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}
