using System.Text;
using OptDsl.Generators.Formulas;
using OptDsl.Generators.Formulas.Model;

namespace OptDsl.Generators.Kernels.Emission;

/// <summary>Formulas as written, for comments: each on one line.</summary>
internal static class FormulaText
{
    public static string Line(RuleModel model, Definition definition) => Line(model.Source, definition.StatementSpan);

    public static string Line(RuleSource source, TextSpan span)
    {
        // Whatever could end a comment's line becomes a blank, and runs of blanks one.
        var text = new StringBuilder();
        foreach (var c in source.Formulas.Substring(span.Start, span.Length))
        {
            var isBlank = char.IsWhiteSpace(c) || char.IsControl(c);
            if (!isBlank)
                text.Append(c);
            else if (text.Length > 0 && text[text.Length - 1] != ' ')
                text.Append(' ');
        }

        return text.ToString().TrimEnd();
    }
}
