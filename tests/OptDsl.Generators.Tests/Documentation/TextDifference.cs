using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace OptDsl.Generators.Tests.Documentation;

/// <summary>The lines to take out and to put in, as pages show them.</summary>
internal static class TextDifference
{
    public static string Of(string before, string after) => string.Join('\n', new InlineDiffBuilder(new Differ()).BuildDiffModel(before, after).Lines
        .Where(line => line.Type is ChangeType.Deleted or ChangeType.Inserted)
        .Select(line => (line.Type == ChangeType.Deleted ? "-" : "+") + line.Text));
}
