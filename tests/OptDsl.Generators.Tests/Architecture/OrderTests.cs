using System.Text.RegularExpressions;
using OptDsl.CodeFixes.Formulas;
using OptDsl.Language.Formulas.Compilation;

namespace OptDsl.Generators.Tests.Architecture;

/// <summary>The namespaces of an assembly lie one above the other, and none knows one above it.</summary>
public sealed partial class OrderTests(ITestOutputHelper output)
{
    private const string Language = "OptDsl.Language";

    /// <summary>From the lowest to the highest; those of one row do not know each other.</summary>
    private static readonly string[][] s_order =
    [
        ["Operations"],
        ["Formulas"],
        ["Formulas.Diagnostics"],
        ["Formulas.Pages"],
        ["Formulas.Syntax"],
        ["Formulas.Model"],
        ["Formulas.Binding"],
        ["Formulas.Notation", "Formulas.Evaluation"],
        ["Formulas.Compilation"],
        ["Checks", "Plans.Graph"],
        ["Checks.Finiteness", "Checks.Fixes", "Plans.Algebra"],
        ["Checks.Families", "Plans.Scheduling"],
        ["Checks.Analysis", "Plans"],
        ["Documents"],
        ["Backends"],
        ["Backends.Exports"],
        ["Backends.Python"],
        ["Backends.C", "Backends.CSharp", "Backends.Declarations", "Backends.Jax", "Backends.Latex", "Backends.MathML", "Backends.PyTorch", "Backends.RuleFiles"],
        ["Backends.Catalogue"],
        [""],
    ];

    /// <summary>Parts of the language that do not know each other at all.</summary>
    private static readonly (string, string)[] s_apart = [("Checks", "Plans"), ("Plans", "Checks"), ("Checks", "Backends"), ("Plans", "Backends")];

    private static readonly NamespaceGraph s_language = NamespaceGraph.Of(typeof(FormulaCompiler).Assembly.Location);

    [Fact]
    public void No_type_of_the_language_uses_one_above_it()
    {
        var back = s_language.Uses.Where(use => Row(use.User) <= Row(use.Used)).ToList();
        output.WriteLine($"{s_language.Namespaces.Count} namespaces, {s_language.Uses.Count()} uses between their types, {back.Count} of them back");
        Assert.Empty(back);
    }

    [Fact]
    public void Parts_that_are_apart_do_not_know_each_other() => Assert.DoesNotContain(
        s_language.Uses,
        use => s_apart.Any(pair => IsIn(use.UserNamespace, pair.Item1) && IsIn(use.UsedNamespace, pair.Item2)));

    /// <summary>Constants leave no trace in an assembly: a file that uses one names its namespace.</summary>
    [Fact]
    public void No_file_of_the_language_names_a_namespace_above_it()
    {
        var root = Path.GetFullPath(Path.Combine(Infrastructure.BuildMetadata.GeneratorsFolder, "../src", Language));
        foreach (var file in SourceFiles.Under(root))
        {
            var text = File.ReadAllText(file);
            if (DeclaredNamespace().Match(text) is not { Success: true } declared)
                continue;
            var own = declared.Groups[1].Value;
            foreach (var used in UsingDirective().Matches(text).Select(match => NamespaceIn(match.Groups[1].Value)).Where(used => used != own))
                Assert.True(RowOf(used) < RowOf(own), $"{Path.GetRelativePath(root, file)} uses {used}");
        }
    }

    [Fact]
    public void Every_namespace_of_the_language_has_its_place() =>
        Assert.Equal(s_order.SelectMany(row => row).Select(FullName).Order(StringComparer.Ordinal), s_language.Namespaces);

    [Fact]
    public void Namespaces_form_no_cycle()
    {
        foreach (var assembly in new[] { typeof(FormulaCompiler), typeof(RuleGenerator), typeof(FormulaFixProvider) }.Select(type => type.Assembly.Location))
        {
            var graph = NamespaceGraph.Of(assembly);
            Assert.NotEmpty(graph.Uses);
            Assert.Empty(graph.Cycles());
        }
    }

    [Fact]
    public void A_cycle_is_found_where_there_is_one()
    {
        var graph = NamespaceGraph.From([new("A.B.X", "A.C.Y"), new("A.C.Z", "A.D.W"), new("A.D.W", "A.B.X"), new("A.D.V", "A.E.U")], "A");
        Assert.Equal(["A.B", "A.C", "A.D"], Assert.Single(graph.Cycles()));
    }

    private static string FullName(string part) => part == "" ? Language : $"{Language}.{part}";

    private static int Row(string type) => RowOf(type[..type.LastIndexOf('.')]);

    private static int RowOf(string name)
    {
        var row = Array.FindIndex(s_order, row => row.Any(other => FullName(other) == name));
        return row >= 0 ? row : throw new InvalidOperationException($"{name} has no place in the order.");
    }

    /// <summary>The namespace of a directive that may go on to name a type.</summary>
    private static string NamespaceIn(string name) => s_order.SelectMany(row => row).Select(FullName)
        .Where(other => name == other || name.StartsWith(other + ".", StringComparison.Ordinal))
        .MaxBy(other => other.Length) ?? name;

    private static bool IsIn(string name, string part) => name == $"{Language}.{part}" || name.StartsWith($"{Language}.{part}.", StringComparison.Ordinal);

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex DeclaredNamespace();

    [GeneratedRegex(@"^using (?:static |\w+ = )?(OptDsl\.Language[\w.]*)", RegexOptions.Multiline)]
    private static partial Regex UsingDirective();
}
