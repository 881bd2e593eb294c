using System.Reflection;
using OptDsl.CodeFixes.Formulas;
using OptDsl.Language.Formulas;

namespace OptDsl.Generators.Tests.Architecture;

/// <summary>Who may know whom.</summary>
public sealed class LayeringTests
{
    private static readonly Assembly[] s_shipped = [typeof(UpdateRuleAttribute).Assembly, typeof(RuleGenerator).Assembly, typeof(FormulaFixProvider).Assembly];

    [Theory]
    [InlineData("OptDsl.Language.Formulas")]
    [InlineData("OptDsl.Language.Checks")]
    [InlineData("OptDsl.Language.Plans")]
    [InlineData("OptDsl.Language.Backends")]
    public void The_language_knows_no_compiler(string stage) => Assert.DoesNotContain(
        ReferencedTypes.From(typeof(FormulaCompiler).Assembly.Location, stage),
        use => use.Used.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));

    [Fact]
    public void The_search_for_references_finds_those_that_are_there()
    {
        var uses = ReferencedTypes.From(typeof(RuleGenerator).Assembly.Location, "OptDsl.Generators.Declarations");
        Assert.Contains(uses, use => use is { User: "OptDsl.Generators.Declarations.HintName", Used: "Microsoft.CodeAnalysis.INamedTypeSymbol" });
        Assert.Contains(
            ReferencedTypes.From(typeof(FormulaCompiler).Assembly.Location, "OptDsl.Language.Formulas"),
            use => use.Used == "System.Math");
    }

    [Fact]
    public void Public_classes_are_sealed_or_made_to_be_derived_from() => Assert.DoesNotContain(
        s_shipped.SelectMany(assembly => assembly.GetExportedTypes()),
        type => type.IsClass && !type.IsSealed && !type.IsAbstract);

    [Fact]
    public void Folders_are_namespaces()
    {
        var generators = Path.GetFullPath(Infrastructure.BuildMetadata.GeneratorsFolder);
        foreach (var path in (string[])["OptDsl.Generators", "OptDsl.CodeFixes", "../src/OptDsl.Language"])
        {
            var root = Path.GetFullPath(Path.Combine(generators, path));
            var project = Path.GetFileName(root);
            foreach (var file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories))
            {
                var folder = Path.GetRelativePath(root, Path.GetDirectoryName(file)!).Replace('\\', '/');
                if (folder.StartsWith("obj", StringComparison.Ordinal) || folder.StartsWith("bin", StringComparison.Ordinal) || Path.GetFileName(file) == "Polyfills.cs")
                    continue;
                var expected = folder == "." ? project : $"{project}.{folder.Replace('/', '.')}";
                Assert.Contains(File.ReadLines(file), line => line == $"namespace {expected};");
            }
        }
    }
}
