using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OptDsl.Generators.Analyzers;
using OptDsl.Generators.Tests.Infrastructure;
using OptDsl.Language.Backends.CSharp;

namespace OptDsl.Generators.Tests.Generation;

/// <summary>Whatever the user calls things, the generated part compiles beside them, or a diagnostic says why it cannot.</summary>
public sealed class NameCollisionTests
{
    private const string Momentum = """
        [UpdateRule("v = μv + g; n = max(n, ‖v‖); W = W - ηv/(n + 1)"), State("v"), State("n", Per = Per.Tensor)]
        public partial class Momentum { [Hyper("η", Min = 0)] public double Eta { get; set; } = 0.1; [Hyper("μ")] public Schedule Mu { get; set; } = 0.9; }
        """;

    [Theory]
    [InlineData("Vector")]
    [InlineData("Math")]
    [InlineData("Span<T>")]
    [InlineData("ReadOnlySpan<T>")]
    [InlineData("Vector<T>")]
    [InlineData("Vector512")]
    [InlineData("MemoryMarshal")]
    [InlineData("Unsafe")]
    [InlineData("MethodImpl")]
    [InlineData("MethodImplAttribute")]
    [InlineData("GC")]
    [InlineData("System")]
    [InlineData("OptDsl")]
    [InlineData("RuleChecks")]
    [InlineData("ElementMath")]
    [InlineData("BlockSum")]
    [InlineData("PlainGradient")]
    [InlineData("ArgumentOutOfRangeException")]
    public void Types_of_the_user_are_not_met(string type) => Compiles(
        $"using OptDsl;\n{Momentum}\nnamespace OptDsl {{ public class {type}; }}", $"using OptDsl;\nnamespace Mine {{ {Momentum} public class {type}; }}");

    [Theory]
    [InlineData("nameof")]
    [InlineData("nuint")]
    [InlineData("nint")]
    [InlineData("Vector512")]
    [InlineData("Vector")]
    [InlineData("RuleChecks")]
    [InlineData("TElement")]
    [InlineData("TGradient")]
    [InlineData("Pass1Vector")]
    [InlineData("Pass2Element")]
    [InlineData("Pass1")]
    [InlineData("scalars")]
    [InlineData("extents")]
    [InlineData("global")]
    [InlineData("value")]
    [InlineData("var")]
    [InlineData("Math")]
    [InlineData("Unsafe")]
    [InlineData("GC")]
    [InlineData("OptDsl")]
    [InlineData("System")]
    [InlineData("BeginStep")]
    [InlineData("Check")]
    [InlineData("step")]
    [InlineData("state")]
    [InlineData("i")]
    [InlineData("total1")]
    [InlineData("block1")]
    [InlineData("partial")]
    [InlineData("await")]
    [InlineData("yield")]
    [InlineData("when")]
    public void Symbols_are_not_met(string symbol)
    {
        Compiles($$"""
            using OptDsl;
            [UpdateRule("{{symbol}} = 0.9·{{symbol}} + g; W = W - 0.1·{{symbol}}/(‖g‖ + 1) "), State("{{symbol}}", Initial = "0.5W")] public partial class OfElements;
            [UpdateRule("{{symbol}} = 0.9·{{symbol}} + ‖g‖; W = W - g/(1 + {{symbol}})"), State("{{symbol}}", Per = Per.Tensor, Initial = "1")] public partial class OfTensors;
            [UpdateRule("a = {{symbol}}·a + g; W = W - a|{{symbol}}|"), State("a", Initial = "{{symbol}}"), State("n", Per = Per.Tensor, Initial = "{{symbol}}")] public partial class OfHypers
            { [Hyper("{{symbol}}")] public double Own { get; set; } = 0.5; }
            [UpdateRule("{{symbol}} = 2g + W; W = W - {{symbol}} - |{{symbol}}|")] public partial class OfLocals;
            [UpdateRule("a = a + g; W = W - g·{{symbol}}", Step = "{{symbol}}"), State("a", Output = true)] public partial class OfSteps;
            [UpdateRule("W = W - 0.1·{{symbol}}", Gradient = "{{symbol}}")] public partial class OfGradients;
            [UpdateRule("{{symbol}} = {{symbol}} - 0.1g", Parameter = "{{symbol}}")] public partial class OfParameters;
            [Schedule("{{symbol}} = c/t; y = {{symbol}} + {{symbol}}²")] public partial class OfSchedules { [Hyper("c")] public double C { get; set; } = 1; }
            """);
    }

    [Fact]
    public void Every_name_of_the_generated_code_is_reserved()
    {
        // Symbols that no code could use for anything else, so that the other names are the generator's.
        var run = GeneratorRun.Of("""
            using OptDsl;
            [UpdateRule("φ = ψφ + γ·ω; χ = max(χ, ‖φ‖) + mean(ω)/count(ω); ρ = max(ρ, group(maxabs(ω))); ξ = q ? φ + ξ : ξ; Ω = Ω - φ/(χ + 1 + ρ)·(q ? mean(ξ > 0) : 1)(ω > 0) - φ^ψ - tanh(ω)", Parameter = "Ω", Gradient = "ω", Step = "τ")]
            [State("φ", Initial = "Ω"), State("χ", Per = Per.Tensor, Initial = "ψ"), State("ρ", Per = Per.Group), State("ξ", When = "q", Initial = "2Ω")]
            public partial class Exotic { [Hyper("ψ", Min = 0)] public double Psi { get; set; } = 0.5; [Hyper("γ")] public double Gamma { get; set; } = 0.5; [Hyper("q")] public bool Quick { get; set; } }
            """);
        var space = CSharpSyntaxTree.ParseText(run.Text, TestCompilation.ParseOptions, cancellationToken: TestContext.Current.CancellationToken)
            .GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<NamespaceDeclarationSyntax>().Single(item => item.Name.ToString() == "OptDsl.Generated");
        var names = space.DescendantTokens()
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken) && token.Parent is not (UsingDirectiveSyntax or NameColonSyntax)
                && token.GetPreviousToken() is var before && !before.IsKind(SyntaxKind.DotToken) && !before.IsKind(SyntaxKind.ColonColonToken))
            .Where(token => token.Parent!.FirstAncestorOrSelf<UsingDirectiveSyntax>() is null && token.Parent!.FirstAncestorOrSelf<AssignmentExpressionSyntax>()?.Parent is not InitializerExpressionSyntax)
            .Select(token => token.ValueText).Distinct()
            .Where(name => name.All(c => c < 128) && !name.StartsWith("Exotic", StringComparison.Ordinal) && !IsMadeUp(name));

        Assert.All(names, name => Assert.True(RuleNames.IsReserved(name), name));

        // Handed out one by one, and never what a symbol has.
        static bool IsMadeUp(string name) => name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9') is "c" or "x" or "x_" or "q" or "qOn" or "TQ" or "TElement";
    }

    [Theory]
    [InlineData("public int {|OPT017:Update|} { get; set; }")]
    [InlineData("public int {|OPT017:Update|};")]
    [InlineData("public event System.Action {|OPT017:Update|} { add { } remove { } }")]
    [InlineData("private class {|OPT017:Update|};")]
    [InlineData("private delegate void {|OPT017:Update|}();")]
    [InlineData("private class {|OPT017:Update|}<T>;")]
    [InlineData("void IUpdateRule.{|OPT017:BeginStep|}(RuleStep step, System.Span<double> scalars) { }")]
    public Task Member_in_the_place_of_a_generated_one_is_reported(string member) => AnalyzerVerifier.VerifyAsync<DeclarationAnalyzer>(
        $$"""using OptDsl; [UpdateRule("W = W - g")] public partial class Rule {{(member.Contains("IUpdateRule", StringComparison.Ordinal) ? ": IUpdateRule " : "")}} { {{member}} }""");

    [Theory]
    [InlineData("""[UpdateRule("W = W - g")] public partial class {|OPT017:Update|};""")]
    [InlineData("""[Schedule("x = 1/t")] public partial class {|OPT017:At|};""")]
    [InlineData("""[Schedule("x = 1/t")] public partial class Rule { public int {|OPT017:At|}; }""")]
    [InlineData("""[UpdateRule("W = W - g")] public partial class Rule<{|OPT017:Update|}>;""")]
    [InlineData("""[UpdateRule("W = W - g")] public partial class {|OPT017:Rule|} : Base; public abstract class Base { public abstract void Update(long t, System.Span<float> W, System.ReadOnlySpan<float> g); }""")]
    public Task Class_in_the_place_of_a_generated_member_is_reported(string source) =>
        AnalyzerVerifier.VerifyAsync<DeclarationAnalyzer>("using OptDsl;\n" + source);

    [Theory]
    [InlineData("""[UpdateRule("W = W - g")] public partial class @lower;""")]
    [InlineData("""[UpdateRule("W = W - g")] public partial record @record;""")]
    [InlineData("""public partial class @outer<@in> { [UpdateRule("W = W - g")] public partial class @where; }""")]
    [InlineData("""namespace @when.@global { [UpdateRule("W = W - g")] public partial class @var; }""")]
    [InlineData("""public class Base { public int Update { get; set; } } [UpdateRule("W = W - g")] public partial class Rule : Base;""")]
    [InlineData("""public class Base { public virtual void Update(long t, System.Span<float> W, System.ReadOnlySpan<float> g) { } } [UpdateRule("W = W - g")] public partial class Rule : Base;""")]
    [InlineData("""[UpdateRule("W = W - g")] public partial class Base; [UpdateRule("v = v + g; W = W - v"), State("v")] public partial class Rule : Base;""")]
    [InlineData("""[UpdateRule("W = W - g")] public partial class Base; [UpdateRule("W = W - 2g")] public partial class Rule : Base;""")]
    [InlineData("""[UpdateRule("W = W - ηg")] public partial class Rule { [Hyper("η"), System.Obsolete] public double Eta { get; set; } = 1; [Hyper("μ"), System.Obsolete("Use η.")] public double Mu { get; set; } = 1; }""")]
    [InlineData("""[UpdateRule("W = W - ηg"), System.Obsolete("Use another.")] public partial class Rule { [Hyper("η"), System.Diagnostics.CodeAnalysis.Experimental("MY001")] public double Eta { get; set; } = 1; }""")]
    [InlineData("""[UpdateRule("W = W - ηg")] public partial class Rule { public void Update() { } [Hyper("η")] public double @class { get; set; } = 1; }""")]
    [InlineData("""[Schedule("x = η/t")] public partial class Rule { [Hyper("η"), System.Obsolete] public double Eta { get; set; } = 1; public double At(int step) => step; }""")]
    public void Declaration_compiles(string source) => Compiles("using OptDsl;\n" + source);

    [Fact]
    public void Derived_rule_and_its_base_each_take_their_own_step()
    {
        using var code = CompiledCode.Load("""
            using OptDsl;
            [UpdateRule("W = W - ηg")] public partial class Base { [Hyper("η")] public double Eta { get; set; } = 0.5; }
            [UpdateRule("W = W - μg - νg - ‖g‖g")] public partial class Derived : Base { [Hyper("μ")] public double Mu { get; set; } = 2; [Hyper("ν")] public double Nu { get; set; } = 1; }
            public static class Driver
            {
                public static double Step(bool asBase)
                {
                    double[] w = [1], g = [1];
                    var rule = new Derived();
                    if (asBase) ((Base)rule).Update(1, w, g); else rule.Update(1, w, g);
                    return w[0];
                }
            }
            """);
        Assert.Equal(0.5, code.Call("Driver", "Step", true));
        Assert.Equal(-3.0, code.Call("Driver", "Step", false));
    }

    [Fact]
    public void Property_that_must_not_be_used_is_reported() => Assert.Contains(
        "OPT012", GeneratorRun.Of("""[OptDsl.UpdateRule("W = W - ηg")] public partial class Rule { [OptDsl.Hyper("η"), System.Obsolete("No.", true)] public double Eta { get; set; } = 1; }""").Text,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("""[OptDsl.UpdateRule("W = W - g")] partial class { }""")]
    [InlineData("""[OptDsl.UpdateRule("W = W - g")] partial class""")]
    [InlineData("""[OptDsl.UpdateRule("W = W - g")] partial class Rule<> { }""")]
    [InlineData("""[OptDsl.UpdateRule("W = W - g")] partial record (double X);""")]
    [InlineData("""partial class { [OptDsl.Schedule("x = t")] partial class Rule; }""")]
    public void Class_without_a_name_brings_nothing(string source) => Assert.Empty(GeneratorRun.Of(source).Files);

    private static void Compiles(params string[] sources)
    {
        foreach (var source in sources)
        {
            var run = GeneratorRun.Of(source);
            var problems = run.Compilation.GetDiagnostics(TestContext.Current.CancellationToken)
                .Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden && diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) != false).ToList();
            if (problems.Count > 0)
                Assert.Fail(string.Join("\n", problems.Select(problem => $"{problem} «{problem.Location.SourceTree?.GetText().Lines[problem.Location.GetLineSpan().StartLinePosition.Line]}»")) + "\n" + source);
            Assert.NotEmpty(run.Files);
            Assert.All(run.Files, file => Assert.DoesNotContain("#error", file.SourceText.ToString(), StringComparison.Ordinal));
        }
    }
}
