using System.Net;
using System.Text;
using OptDsl.Language.Documents;

namespace OptDsl.Playground.Editing;

/// <summary>A text with the places that something is said about, as HTML to lie under the text that is edited.</summary>
internal static class Marked
{
    /// <param name="text">The text.</param>
    /// <param name="start">Where it begins in the document.</param>
    /// <param name="diagnoses">What is said about the document.</param>
    public static string Html(string text, int start, IEnumerable<Diagnosis> diagnoses)
    {
        var severities = new int[text.Length + 1];
        foreach (var diagnosis in diagnoses)
        {
            var (from, to) = (diagnosis.Span.Start - start, Math.Max(diagnosis.Span.End, diagnosis.Span.Start + 1) - start);
            for (var i = Math.Max(0, from); i < Math.Min(to, severities.Length); i++)
                severities[i] = Math.Max(severities[i], 1 + (int)diagnosis.Severity);
        }

        var html = new StringBuilder();
        for (var i = 0; i < severities.Length;)
        {
            var end = i + 1;
            while (end < severities.Length && severities[end] == severities[i])
                end++;
            var part = WebUtility.HtmlEncode(i < text.Length ? text[i..Math.Min(end, text.Length)] : "") + (end == severities.Length ? " " : "");
            html.Append(severities[i] == 0 ? part : $"<mark class=\"{((Language.Formulas.Diagnostics.Severity)(severities[i] - 1)).ToString().ToLowerInvariant()}\">{part}</mark>");
            i = end;
        }

        return html.ToString();
    }
}
