namespace OptDsl.Package.Tests;

/// <summary>The language library as an author of tools gets it, alone.</summary>
public sealed class LanguagePackageTests(PackedLibrary library) : IClassFixture<PackedLibrary>
{
    /// <summary>The program of the package's page as it is printed, and another.</summary>
    [Fact]
    public async Task A_tool_compiles_checks_plans_and_exports_a_rule()
    {
        var page = (await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(PackedLibrary.Metadata("LanguageProject"))!, "README.md"), TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
        var program = page.Split("```csharp\n")[1].Split("```")[0];
        var printed = await library.CreateConsumerAsync(program, $"""<PackageReference Include="OptDsl.Language" Version="{PackedLibrary.Version}" />""");
        (await printed.BuildAsync()).Succeeded();
        Assert.Contains("class AveragedMomentum(Optimizer):", (await printed.RunAsync()).Succeeded(), StringComparison.Ordinal);

        var project = await library.CreateConsumerAsync("""
            using OptDsl.Language;

            var definition = new RuleDefinition("m = βm + (1-β)g; W = W - ηm")
            {
                States = [new StateDefinition("m")],
                Hypers =
                [
                    new HyperDefinition("η") { Name = "LearningRate", Kind = HyperKind.Schedule, Default = 0.1 },
                    new HyperDefinition("β") { Name = "Beta", Min = 0, Max = 0.999, Default = 0.9 },
                ],
            };
            var rule = OptimizerRule.Compile(definition, "AveragedMomentum");
            Console.WriteLine($"compiles: {rule.Compiles}, passes: {rule.PlanPasses().Count}, reads {string.Join(" ", rule.PlanPasses()[0].Reads)}");
            Console.WriteLine($"exports: {rule.Export(ExportLanguage.PyTorch).Contains("class AveragedMomentum")}");
            var climbing = OptimizerRule.Compile(definition with { Formulas = "m = βm + (1-β)g; W = W + ηm" }, "Climbing");
            Console.WriteLine($"finds: {string.Join(" ", climbing.Analyze().Where(remark => !remark.IsNote).Select(remark => remark.Id))}");
            Console.WriteLine($"mends: {climbing.FindFixes(climbing.Analyze().First(remark => !remark.IsNote))[0].Definition.Formulas}");
            """, $"""<PackageReference Include="OptDsl.Language" Version="{PackedLibrary.Version}" />""");
        (await project.BuildAsync()).Succeeded();
        var output = (await project.RunAsync()).Succeeded().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["compiles: True, passes: 1, reads W g m", "exports: True", "finds: OPT321", "mends: m = βm + (1-β)g; W = W - ηm"], output);
    }
}
