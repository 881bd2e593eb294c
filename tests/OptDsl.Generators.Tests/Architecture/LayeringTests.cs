using System.Reflection;
using OptDsl.CodeFixes.Formulas;

namespace OptDsl.Generators.Tests.Architecture;

/// <summary>Who may know whom.</summary>
public sealed class LayeringTests
{
    private static readonly Assembly[] s_shipped = [typeof(UpdateRuleAttribute).Assembly, typeof(RuleGenerator).Assembly, typeof(FormulaFixProvider).Assembly];

    [Theory]
    [InlineData("OptDsl.Generators.Formulas")]
    [InlineData("OptDsl.Generators.Lints")]
    [InlineData("OptDsl.Generators.Kernels")]
    public void Stages_after_the_declaration_know_no_compiler(string stage) => Assert.DoesNotContain(
        ReferencedTypes.From(typeof(RuleGenerator).Assembly.Location, stage),
        use => use.Used.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));

    [Fact]
    public void The_search_for_references_finds_those_that_are_there()
    {
        var uses = ReferencedTypes.From(typeof(RuleGenerator).Assembly.Location, "OptDsl.Generators.Declarations");
        Assert.Contains(uses, use => use is { User: "OptDsl.Generators.Declarations.HintName", Used: "Microsoft.CodeAnalysis.INamedTypeSymbol" });
        Assert.Contains(
            ReferencedTypes.From(typeof(RuleGenerator).Assembly.Location, "OptDsl.Generators.Formulas"),
            use => use.Used == "System.Math");
    }

    [Fact]
    public void Public_classes_are_sealed_or_made_to_be_derived_from() => Assert.DoesNotContain(
        s_shipped.SelectMany(assembly => assembly.GetExportedTypes()),
        type => type.IsClass && !type.IsSealed && !type.IsAbstract);

    [Fact]
    public void Folders_are_namespaces()
    {
        var root = Path.GetFullPath(Infrastructure.BuildMetadata.GeneratorsFolder);
        foreach (var project in (string[])["OptDsl.Generators", "OptDsl.CodeFixes"])
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(root, project), "*.cs", SearchOption.AllDirectories))
            {
                var folder = Path.GetRelativePath(Path.Combine(root, project), Path.GetDirectoryName(file)!).Replace('\\', '/');
                if (folder.StartsWith("obj", StringComparison.Ordinal) || folder.StartsWith("bin", StringComparison.Ordinal) || Path.GetFileName(file) == "Polyfills.cs")
                    continue;
                var expected = folder == "." ? project : $"{project}.{folder.Replace('/', '.')}";
                Assert.Contains(File.ReadLines(file), line => line == $"namespace {expected};");
            }
        }
    }
}
