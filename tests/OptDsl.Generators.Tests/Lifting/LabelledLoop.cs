using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OptDsl.Generators.Lifting;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Lifting;

/// <summary>Code with a loop, and what is to be said of it.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Roles">What each symbol is kept in, as <c>W=weights</c>; empty where nothing is to be read.</param>
/// <param name="Code">The code, with every slip marked by the ids that name it.</param>
internal sealed record LabelledLoop(string Name, string Roles, string Code)
{
    private const string Usings = """
        using System; using System.Collections.Generic; using System.Linq; using System.Threading.Tasks;

        """;

    public static IReadOnlyList<LabelledLoop> Read(string file)
    {
        var path = Path.Combine(BuildMetadata.TestsFolder, "Lifting", "Loops", file);
        return [.. File.ReadAllText(path).Split("=== ", StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
    }

    private static LabelledLoop Parse(string text)
    {
        var end = text.IndexOf('\n');
        var head = text[..end].Split('|');
        return new LabelledLoop(head[0].Trim(), head.Length > 1 ? head[1].Trim() : "", text[(end + 1)..]);
    }

    public MarkedSource Marked => MarkedSource.Parse(new SourceFile("Test.cs", Usings + Code), null);

    public SemanticModel Compile()
    {
        var tree = CSharpSyntaxTree.ParseText(Marked.File.Text, TestCompilation.ParseOptions, "Test.cs", cancellationToken: TestContext.Current.CancellationToken);
        var compilation = CSharpCompilation.Create("Loops", [tree], TestCompilation.References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        var errors = compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        Assert.True(errors.Count == 0, $"{Name}: {string.Join('\n', errors)}");
        return compilation.GetSemanticModel(tree);
    }

    /// <summary>All steps that are read in the code.</summary>
    public IReadOnlyList<LiftedLoop> Lift() => Lift(Compile());

    /// <summary>All steps that are read in the code that was compiled.</summary>
    public static IReadOnlyList<LiftedLoop> Lift(SemanticModel model)
    {
        var root = model.SyntaxTree.GetRoot(TestContext.Current.CancellationToken);
        return [.. root.DescendantNodes().OfType<TypeDeclarationSyntax>().Append(root).SelectMany(container => LoopScan.Find(container, model, TestContext.Current.CancellationToken))];
    }

    /// <summary>What the roles of a step are called in the code, in the form of <see cref="Roles"/>, without names for states.</summary>
    public static bool HasRoles(LiftedLoop loop, string roles)
    {
        var wanted = roles.Split(' ').Select(role => role.Split('=')).ToLookup(pair => pair[0], pair => pair[1]);
        return Names(RoleKind.Parameter).SequenceEqual(wanted["W"])
            && wanted["g"].SelectMany(name => name.Split(',')).All(name => Names(RoleKind.Gradient).Contains(name))
            && Names(RoleKind.State).Order().SequenceEqual(wanted.Where(role => role.Key is not ("W" or "g")).SelectMany(role => role).Order());

        IEnumerable<string> Names(RoleKind kind) => loop.Roles.Where(role => role.Kind == kind).Select(role => role.Place!.Name);
    }
}
