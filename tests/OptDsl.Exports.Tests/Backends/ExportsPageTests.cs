using System.Globalization;
using System.Reflection;
using OptDsl.Exports.Tests.Rules;

namespace OptDsl.Exports.Tests.Backends;

/// <summary>The page with the table of rules and languages is whole, and says what the tests ask.</summary>
public sealed class ExportsPageTests
{
    private static string Page { get; } = Path.Combine(
        typeof(ExportsPageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "Repository").Value!, "src", "OptDsl.Tool", "EXPORTS.md");

    [Fact]
    public void Every_rule_and_every_construct_has_its_row()
    {
        if (Environment.GetEnvironmentVariable("SNAPSHOTS") == "accept" && Backend.All.All(backend => backend.Missing.Value is null))
            File.WriteAllText(Page, ExportsPage.Write());
        var rows = File.ReadLines(Page).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Trim('|', ' ').Split(" | ")).ToList();
        Assert.Equal(2, rows.Count(row => row.TakeLast(ExportsPage.Columns.Count()).SequenceEqual(ExportsPage.Columns)));
        var named = rows.Where(row => row.Length == 2 + ExportsPage.Columns.Count()).ToLookup(row => row[0], row => row[1]);
        foreach (var rule in LibraryCase.All.GroupBy(item => item.Rule))
            Assert.Equal(rule.Count().ToString(CultureInfo.InvariantCulture), Assert.Single(named[rule.Key]));
        Assert.All(ConstructCases.Constructs, item => Assert.Contains(item.Construct, named[item.Section]));
    }

    [Fact]
    public void Every_figure_is_one_that_the_tests_ask_for()
    {
        foreach (var line in File.ReadLines(Page).Where(line => line.StartsWith("| ", StringComparison.Ordinal)))
        {
            foreach (var cell in line.Trim('|', ' ').Split(" | ").Skip(2).Where(cell => !ExportsPage.Columns.Contains(cell)))
            {
                Assert.True(
                    cell == "same" || (double.TryParse(cell, CultureInfo.InvariantCulture, out var figure) && figure <= (line.Contains(" random rules ", StringComparison.Ordinal) ? BackendTests.RandomBound : BackendTests.Bound)),
                    line);
            }
        }
    }

    /// <summary>A section of the language's page that says how something is computed has a rule here.</summary>
    [Fact]
    public void Every_section_of_the_language_has_constructs()
    {
        string[] ofNotation = ["Notation, side by side", "Grammar", "Traps"];
        var sections = File.ReadLines(Path.Combine(Path.GetDirectoryName(Page)!, "..", "LANGUAGE.md"))
            .Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..]).Except(ofNotation).Except(ConstructCases.Elsewhere).ToList();
        Assert.All(sections, section => Assert.Contains(ConstructCases.Constructs, item => item.Section == section));
    }
}
