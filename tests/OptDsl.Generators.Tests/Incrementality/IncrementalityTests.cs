using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Incrementality;

/// <summary>After an edit, what did not change is not generated again: by the names of the steps and their exact reasons.</summary>
public sealed class IncrementalityTests
{
    private const string Momentum = """
        using OptDsl;
        [UpdateRule("v = μv + g; W = W - ηv"), State("v")]
        partial class Momentum
        {
            [Hyper("η")] public Schedule LearningRate { get; set; } = 0.1;
            [Hyper("μ")] public double Decay { get; set; } = 0.9;
        }
        """;

    private const string Sgd = """
        using OptDsl;
        [UpdateRule("W = W - ηg")]
        partial class Sgd
        {
            [Hyper("η")] public double Eta { get; set; } = 0.1;
        }
        """;

    [Fact]
    public void Equal_compilation_costs_a_comparison() =>
        AssertReasons(compilation => compilation.Clone(), Kept, Kept);

    [Fact]
    public void Unrelated_file_is_ignored() =>
        AssertReasons(compilation => compilation.AddSyntaxTrees(TestCompilation.Parse(new SourceFile("Other.cs", "class Other;"))), Kept, Kept);

    [Fact]
    public void Comment_above_a_rule_changes_nothing() => AssertReasons(compilation => Edit(compilation, 0, "// A comment.\n" + Momentum), Kept, Kept);

    [Fact]
    public void Member_beside_the_hyper_parameters_changes_nothing() =>
        AssertReasons(compilation => Edit(compilation, 0, Momentum.Replace("[Hyper(\"μ\")]", "public int Count;\n[Hyper(\"μ\")]", StringComparison.Ordinal)), Kept, Kept);

    /// <summary>What is said of an undeclared name depends on what else there is that it may mean.</summary>
    [Fact]
    public void Member_that_an_undeclared_name_may_mean_is_part_of_the_declaration()
    {
        var broken = Sgd.Replace("ηg", "αg", StringComparison.Ordinal);
        AssertReasons(
            TestCompilation.Create(SourceFile.Numbered(Momentum, broken)),
            before => Edit(before, 1, broken.Replace("[Hyper", "public double Alpha { get; set; }\n[Hyper", StringComparison.Ordinal)), Kept, Regenerated);
    }

    [Fact]
    public void Formula_of_one_rule_regenerates_that_rule_only() =>
        AssertReasons(compilation => Edit(compilation, 0, Momentum.Replace("W - ηv", "W - 2ηv", StringComparison.Ordinal)), Regenerated, Kept);

    [Fact]
    public void What_a_state_has_one_value_of_is_part_of_the_declaration() =>
        AssertReasons(compilation => Edit(compilation, 0, Momentum.Replace("State(\"v\")", "State(\"v\", Per = Per.Group)", StringComparison.Ordinal)), Regenerated, Kept);

    [Fact]
    public void Default_of_a_hyper_parameter_is_part_of_the_declaration() =>
        AssertReasons(compilation => Edit(compilation, 1, Sgd.Replace("0.1", "0.2", StringComparison.Ordinal)), Kept, Regenerated);

    [Fact]
    public void Constant_in_another_file_is_part_of_the_declaration()
    {
        var compilation = TestCompilation.Create(SourceFile.Numbered(
            Momentum, Sgd.Replace("0.1", "Constants.Eta", StringComparison.Ordinal), "static class Constants { public const double Eta = 1; }"));
        AssertReasons(compilation, before => Edit(before, 2, "static class Constants { public const double Eta = 2; }"), Kept, Regenerated);
    }

    [Fact]
    public void Project_without_rules_does_nothing()
    {
        var driver = GeneratorRun.Driver().RunGenerators(
            TestCompilation.Create(SourceFile.Numbered("[System.Serializable] class Other;")), TestContext.Current.CancellationToken);
        var result = driver.GetRunResult().Results.Single();
        Assert.Empty(result.GeneratedSources);
        Assert.Empty(result.TrackedOutputSteps);
        Assert.DoesNotContain(RuleGenerator.DeclarationStep, result.TrackedSteps.Keys);
    }

    private static readonly (IncrementalStepRunReason, IncrementalStepRunReason) Kept = (IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Cached);

    private static readonly (IncrementalStepRunReason, IncrementalStepRunReason) Regenerated = (IncrementalStepRunReason.Modified, IncrementalStepRunReason.Modified);

    private static void AssertReasons(
        Func<CSharpCompilation, CSharpCompilation> edit,
        (IncrementalStepRunReason Declaration, IncrementalStepRunReason Output) momentum,
        (IncrementalStepRunReason Declaration, IncrementalStepRunReason Output) sgd) =>
        AssertReasons(TestCompilation.Create(SourceFile.Numbered(Momentum, Sgd)), edit, momentum, sgd);

    private static void AssertReasons(
        CSharpCompilation compilation,
        Func<CSharpCompilation, CSharpCompilation> edit,
        (IncrementalStepRunReason Declaration, IncrementalStepRunReason Output) momentum,
        (IncrementalStepRunReason Declaration, IncrementalStepRunReason Output) sgd)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var result = GeneratorRun.Driver().RunGenerators(compilation, cancellation).RunGenerators(edit(compilation), cancellation).GetRunResult().Results.Single();
        var declarations = result.TrackedSteps[RuleGenerator.DeclarationStep].SelectMany(step => step.Outputs).Select(output => output.Reason);
        var files = result.TrackedSteps[RuleGenerator.FileStep].SelectMany(step => step.Outputs).Select(output => output.Reason);
        var outputs = result.TrackedOutputSteps["SourceOutput"].SelectMany(step => step.Outputs).Select(output => output.Reason);
        Assert.Equal([momentum.Declaration, sgd.Declaration], declarations);
        Assert.Equal([momentum.Output, sgd.Output], files);
        Assert.Equal([momentum.Output, sgd.Output], outputs);
    }

    private static CSharpCompilation Edit(CSharpCompilation compilation, int file, string text) =>
        compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[file], TestCompilation.Parse(new SourceFile($"Test{file}.cs", text)));
}
