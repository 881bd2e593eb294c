using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Architecture;

/// <summary>Every diagnostic is released, worded alike, explained and raised by a test.</summary>
public sealed class DiagnosticCatalogueTests
{
    private static readonly DiagnosticAnalyzer[] s_analyzers =
    [
        .. typeof(RuleGenerator).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<DiagnosticAnalyzerAttribute>() is not null)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>What is said of formulas is said of loops too.</summary>
    private static readonly DiagnosticDescriptor[] s_descriptors = [.. s_analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Distinct()];

    public static TheoryData<string> Ids => [.. s_descriptors.Select(descriptor => descriptor.Id).Order()];

    [Fact]
    public void No_diagnostic_is_described_twice() => Assert.Equal(Ids.Count, Ids.Distinct().Count());

    [Theory]
    [MemberData(nameof(Ids))]
    public void Released_with_category_and_severity(string id)
    {
        var descriptor = Descriptor(id);
        var line = $"{id} | {descriptor.Category} | {descriptor.DefaultSeverity} | ";
        var releases = Directory.GetFiles(BuildMetadata.GeneratorsFolder, "AnalyzerReleases.*.md", SearchOption.AllDirectories).SelectMany(File.ReadLines);
        Assert.Single(releases, released => released.StartsWith(line, StringComparison.Ordinal));
    }

    /// <summary>Hosts that know no compiler take the severity from the language.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void As_severe_as_the_language_says(string id)
    {
        if (!id.StartsWith("OPT0", StringComparison.Ordinal))
            Assert.Equal(Descriptor(id).DefaultSeverity.ToString(), Language.Checks.Severities.Of(id).ToString());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Worded_as_one_sentence_without_a_full_stop(string id)
    {
        var descriptor = Descriptor(id);
        foreach (var text in new[] { descriptor.Title.ToString(CultureInfo.InvariantCulture), descriptor.MessageFormat.ToString(CultureInfo.InvariantCulture) })
        {
            Assert.False(text.EndsWith('.'), text);
            Assert.Equal(text.Trim(), text);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Linked_to_its_explanation(string id) =>
        Assert.EndsWith($"/generators/DIAGNOSTICS.md#{id.ToLowerInvariant()}", Descriptor(id).HelpLinkUri, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Explained_on_its_page(string id) => Assert.Single(
        File.ReadLines(Path.Combine(BuildMetadata.GeneratorsFolder, "DIAGNOSTICS.md")), line => line == $"## {id}");

    [Theory]
    [MemberData(nameof(Ids))]
    public void Raised_by_a_test(string id)
    {
        var mark = new Regex($@"\{{\|{id}:");
        Assert.Contains(
            Directory.EnumerateFiles(BuildMetadata.TestsFolder, "*.cs", SearchOption.AllDirectories),
            file => !file.Contains("/obj/", StringComparison.Ordinal) && mark.IsMatch(File.ReadAllText(file)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Mended_by_a_test_where_its_page_promises_a_fix(string id)
    {
        var page = File.ReadAllText(Path.Combine(BuildMetadata.GeneratorsFolder, "DIAGNOSTICS.md")).ReplaceLineEndings("\n");
        var section = page[page.IndexOf($"## {id}\n", StringComparison.Ordinal)..].Split("\n## ")[0];
        var isTested = Directory.EnumerateFiles(Path.Combine(BuildMetadata.TestsFolder, "CodeFixes"), "*.cs")
            .Any(file => File.ReadAllText(file).Contains($"{{|{id}:", StringComparison.Ordinal));
        Assert.True(isTested || !section.Contains("*Fix", StringComparison.Ordinal), $"{id} promises a fix that no test applies.");
    }

    private static DiagnosticDescriptor Descriptor(string id) =>
        s_analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).First(descriptor => descriptor.Id == id);
}
