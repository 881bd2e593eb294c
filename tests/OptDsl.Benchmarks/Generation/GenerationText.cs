using System.Globalization;
using System.Text;

namespace OptDsl.Benchmarks.Generation;

/// <summary>The cost of generation as text.</summary>
internal static class GenerationText
{
    public static string Measure()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"In a process of its own with tiered compilation. The first rule of a new process takes {GenerationCost.First():0} ms, loading and just-in-time compilation of the compiler and the generator included. The last two columns are the same keystroke with generators that do nothing: one asks for the attribute, and so costs what `ForAttributeWithMetadataName` does, which binds the attributes of every rule anew after any edit; one asks for no symbol and adds as many files, each a line, and so costs what the compiler does to compare them.\n\n");
        text.Append("| rules | cold, ms | cold, ms a rule | keystroke in another file, ms | in one formula, ms | in another file, attribute only, ms | in another file, files only, ms |\n|---|---|---|---|---|---|---|\n");
        foreach (var rules in new[] { 1, 100, 1000 })
        {
            var cost = GenerationCost.Measure(rules);
            text.Append(CultureInfo.InvariantCulture, $"| {rules} | {cost.Cold} | {cost.Cold.Median / rules:0.00} | {cost.UnrelatedEdit} | {cost.FormulaEdit} | {cost.EmptyUnrelatedEdit} | {cost.FilesOnlyUnrelatedEdit} |\n");
        }

        return text.ToString();
    }
}
