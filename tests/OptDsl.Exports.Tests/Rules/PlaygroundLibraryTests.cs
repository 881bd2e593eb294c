using System.Reflection;
using OptDsl.Language.Backends.RuleFiles;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Tests.Rules;

namespace OptDsl.Exports.Tests.Rules;

/// <summary>The examples of the Playground are the rules of the library.</summary>
public sealed class PlaygroundLibraryTests
{
    private static string Folder { get; } = Path.Combine(
        typeof(PlaygroundLibraryTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "Repository").Value!, "samples", "Playground", "Library");

    public static TheoryData<string> Names => [.. DeclaredRule.All.Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_example_is_the_rule_as_it_is_declared(string name)
    {
        var text = new RuleFileExport().Write(name, FormulaCompiler.Compile(DeclaredRule.Source(DeclaredRule.All.Single(rule => rule.Name == name)), TestContext.Current.CancellationToken).Model!).Text!;
        var file = Path.Combine(Folder, name + ".rule");
        if (Environment.GetEnvironmentVariable("SNAPSHOTS") == "accept")
            File.WriteAllText(file, text);
        Assert.Equal(text, File.ReadAllText(file).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void There_is_no_other() => Assert.Equal(Names.Count, Directory.GetFiles(Folder).Length);
}
