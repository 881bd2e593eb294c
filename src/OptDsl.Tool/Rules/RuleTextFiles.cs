using OptDsl.Language.Documents;

namespace OptDsl.Tool.Rules;

/// <summary>Reads rule files, and places what is to be said about them.</summary>
internal static class RuleTextFiles
{
    public static void Load(string file, List<LoadedRule> rules, List<Problem> problems)
    {
        var text = File.ReadAllText(file);
        var document = RuleDocument.Read(text, Path.GetFileNameWithoutExtension(file));
        if (document.Problems.IsEmpty)
            rules.Add(new LoadedRule(document.Name, document.Source));
        problems.AddRange(CheckedDocument.Of(document).Diagnoses.Select(diagnosis => ToProblem(file, text, diagnosis)));
    }

    private static Problem ToProblem(string file, string text, Diagnosis diagnosis)
    {
        var ((line, column), (endLine, endColumn)) = (Place(text, diagnosis.Span.Start), Place(text, diagnosis.Span.End));
        return new Problem(file, line, column, endLine, endColumn, diagnosis.Severity, diagnosis.Id, diagnosis.Message);
    }

    private static (int Line, int Column) Place(string text, int position)
    {
        position = Math.Clamp(position, 0, text.Length);
        var before = text.AsSpan(0, position);
        return (1 + before.Count('\n'), position - before.LastIndexOf('\n'));
    }
}
