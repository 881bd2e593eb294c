using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using OptDsl.Generators.Analyzers;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Generation;

/// <summary>How the generator behaves towards the compiler that hosts it.</summary>
public sealed class GeneratorHostTests
{
    private const string Rule = """[OptDsl.UpdateRule("v = 0.9v + g; W = W - v"), OptDsl.State("v")] public partial class Rule;""";

    [Fact]
    public void Cancellation_is_honoured()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var compilation = TestCompilation.Create(SourceFile.Numbered(Rule));
        Assert.ThrowsAny<OperationCanceledException>(() => GeneratorRun.Driver().RunGenerators(compilation, source.Token));
        Assert.ThrowsAny<OperationCanceledException>(() =>
            AnalyzedRules.Find(compilation.GetTypeByMetadataName("Rule")!, compilation, TestContext.Current.CancellationToken)!.Compile(source.Token));
    }

    [Fact]
    public void Same_source_gives_the_same_text_under_any_culture()
    {
        const string source = """[OptDsl.UpdateRule("W = W - 0.125g - 1e-20W")] public partial class Rule { [OptDsl.Hyper("x", Min = -0.5)] public double X { get; set; } = -0.25; }""";
        var foreign = GeneratorRun.Of(source).Text;
        var usual = GeneratorRun.Driver().RunGenerators(TestCompilation.Create(SourceFile.Numbered(source)), TestContext.Current.CancellationToken)
            .GetRunResult().Results.Single().GeneratedSources.Single().SourceText.ToString();
        Assert.Equal(usual, foreign);
        Assert.DoesNotContain("\u2212", foreign, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_happens_where_the_library_is_not_referenced()
    {
        var compilation = TestCompilation.Create(SourceFile.Numbered("""[OptDsl.UpdateRule("W = g")] partial class Rule;"""))
            .WithReferences(TestCompilation.References.SkipLast(1));
        Assert.Empty(GeneratorRun.Of(compilation).Files);
    }

    [Fact]
    public async Task Analyzers_are_silent_where_no_rule_is_declared() => Assert.Empty(await AnalyzerVerifier.VerifyAsync(
        [new DeclarationAnalyzer(), new FormulaAnalyzer()],
        SourceFile.Numbered("[System.Serializable] class Other { public double X { get; set; } } enum Kind { A } delegate void D();")));

    [Theory]
    [InlineData("[OptDsl.UpdateRule] partial class Rule;")]
    [InlineData("[OptDsl.UpdateRule(] partial class Rule;")]
    [InlineData("[OptDsl.UpdateRule(1)] partial class Rule;")]
    [InlineData("[OptDsl.UpdateRule(\"W = g\", \"x\")] partial class Rule;")]
    [InlineData("[OptDsl.UpdateRule(\"W = g\", Parameter = 1)] partial class Rule;")]
    [InlineData("[OptDsl.UpdateRule(\"W = g\", Unknown = 1)] partial class Rule;")]
    [InlineData("[OptDsl.UpdateRule(\"W = g\"), OptDsl.State] partial class Rule { [OptDsl.Hyper] public double X { get; set; } }")]
    [InlineData("[OptDsl.UpdateRule(\"W = g\")] partial class Rule { [OptDsl.Hyper(\"x\")] public Missing X { get; set; } [OptDsl.Hyper(\"y\", Min = \"a\")] public double Y { get; set; } = ; }")]
    [InlineData("[OptDsl.UpdateRule(\"W = g\")] partial class Rule {")]
    [InlineData("[OptDsl.UpdateRule(\"W = g\")] partial class;")]
    [InlineData("[OptDsl.UpdateRule(\"W = \\q\")] partial class Rule;")]
    [InlineData("[OptDsl.UpdateRule(\"W = \\u12\")] partial class Rule;")]
    [InlineData("[OptDsl.UpdateRule(\"W = ")]
    [InlineData("[OptDsl.UpdateRule(\"\"\"\n W = g\n  \"\"\")] partial class Rule;")]
    [InlineData("[OptDsl.UpdateRule(Rule.F)] partial class Rule { const string F = F + \"W\"; }")]
    [InlineData("[OptDsl.UpdateRule(\"W = g\")] enum Rule { A }")]
    [InlineData("[OptDsl.UpdateRule(\"W = g\")] delegate void Rule();")]
    [InlineData("[assembly: OptDsl.UpdateRule(\"W = g\")]")]
    [InlineData("[OptDsl.UpdateRule(\"W = g\")] partial class Rule<T, { } [OptDsl.UpdateRule(\"W = g\")] partial class Rule<T> { } [OptDsl.UpdateRule(\"W = g\")] partial class Rule<T, U> { }")]
    public async Task Half_written_code_crashes_nothing(string source)
    {
        var run = GeneratorRun.Of(source);
        await AnalyzerRun.DiagnoseAsync(run.Compilation, [new DeclarationAnalyzer(), new FormulaAnalyzer()]);
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp12)]
    [InlineData(LanguageVersion.CSharp13)]
    [InlineData(LanguageVersion.Preview)]
    public void Generated_code_compiles_in_every_language_version_of_the_target(LanguageVersion version)
    {
        var options = TestCompilation.ParseOptions.WithLanguageVersion(version);
        var compilation = TestCompilation.Create();
        compilation = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(Rule, options, cancellationToken: TestContext.Current.CancellationToken));
        GeneratorRun.Driver().WithUpdatedParseOptions(options).RunGeneratorsAndUpdateCompilation(
            compilation, out var updated, out _, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(
            updated.GetDiagnostics(TestContext.Current.CancellationToken),
            diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id != "CS1591");
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp12)]
    [InlineData(LanguageVersion.CSharp13)]
    [InlineData(LanguageVersion.Preview)]
    public void Parameters_are_made_and_added_in_every_language_version_of_the_target(LanguageVersion version)
    {
        const string Program = """
            using System.Collections.Generic;
            using OptDsl;

            internal static class Program
            {
                internal static void Run(Optimizer<float> optimizer, IUpdateRule<float> rule, float[] w, float[] g, int[] shape, long[] longShape, List<Parameter<float>> more)
                {
                    var bias = new Parameter<float>("a", w, g);
                    bias.Gradient = null;
                    optimizer.Add(rule, bias, new Parameter<float>("b", w), new Parameter<float>("c", w, g, 2, 3));
                    optimizer.Add(rule, new Parameter<float>("d", w, g, shape));
                    optimizer.Add(rule, new[] { new Parameter<float>("e", w, g, longShape), new Parameter<float>("f", w, null, 2L, 3L) });
                    optimizer.Add(rule, more).LearningRateFactor = 0.5;
                }
            }
            """;
        var options = TestCompilation.ParseOptions.WithLanguageVersion(version);
        var compilation = TestCompilation.Create().AddSyntaxTrees(CSharpSyntaxTree.ParseText(Program, options, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken));
    }
}
