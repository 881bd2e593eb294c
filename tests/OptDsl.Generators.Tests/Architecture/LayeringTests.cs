using System.Reflection;
using OptDsl.CodeFixes.Formulas;
using OptDsl.Language.Formulas.Compilation;

namespace OptDsl.Generators.Tests.Architecture;

/// <summary>Who may know whom.</summary>
public sealed class LayeringTests
{
    private static readonly Assembly[] s_shipped = [typeof(UpdateRuleAttribute).Assembly, typeof(RuleGenerator).Assembly, typeof(FormulaFixProvider).Assembly];

    [Fact]
    public void The_language_knows_no_compiler() => Assert.DoesNotContain(
        TypeUses.In(typeof(FormulaCompiler).Assembly.Location),
        use => use.Used.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) && !use.User.StartsWith("Microsoft.", StringComparison.Ordinal) && use.Used != "Microsoft.CodeAnalysis.EmbeddedAttribute");

    [Fact]
    public void The_search_for_uses_finds_those_that_are_there()
    {
        Assert.Contains(new TypeUse("OptDsl.Generators.Declarations.HintName", "Microsoft.CodeAnalysis.INamedTypeSymbol"), TypeUses.In(typeof(RuleGenerator).Assembly.Location));
        var language = TypeUses.In(typeof(FormulaCompiler).Assembly.Location);
        Assert.Contains(language, use => use.Used == "System.Math");
        Assert.Contains(new TypeUse("OptDsl.Language.Formulas.StateSource", "OptDsl.Language.Formulas.Cardinality"), language);
    }

    [Fact]
    public void Public_classes_are_sealed_or_made_to_be_derived_from() => Assert.DoesNotContain(
        s_shipped.SelectMany(assembly => assembly.GetExportedTypes()),
        type => type.IsClass && !type.IsSealed && !type.IsAbstract

            // Of the optimizer there is one more, in OptDsl.Mpi, which is to be used wherever the optimizer is.
            && type != typeof(Optimizer<>));

    [Fact]
    public void Folders_are_namespaces()
    {
        var generators = Path.GetFullPath(Infrastructure.BuildMetadata.GeneratorsFolder);
        foreach (var path in (string[])["OptDsl.Generators", "OptDsl.CodeFixes", "../src/OptDsl.Language"])
        {
            var root = Path.GetFullPath(Path.Combine(generators, path));
            var project = Path.GetFileName(root);
            foreach (var file in SourceFiles.Under(root).Where(file => Path.GetFileName(file) != "Polyfills.cs"))
            {
                var folder = Path.GetRelativePath(root, Path.GetDirectoryName(file)!).Replace('\\', '/');
                var expected = folder == "." ? project : $"{project}.{folder.Replace('/', '.')}";
                Assert.Contains(File.ReadLines(file), line => line == $"namespace {expected};");
            }
        }
    }
}
