using System.Text;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Language.Formulas.Notation;

/// <summary>Rewrites the formulas of a rule in another notation, statement by statement; line breaks and comments stay.</summary>
internal static class NotationRewriter
{
    public static string Rewrite(RuleModel model, NotationStyle style)
    {
        var text = model.Source.Formulas;
        var rewritten = new StringBuilder();
        var position = 0;
        foreach (var statement in model.Statements)
        {
            AppendLayout(rewritten, text.Substring(position, statement.Span.Start - position));
            rewritten.Append(model.WriteStatement(statement, style));
            position = statement.Span.End;
        }

        AppendLayout(rewritten, text.Substring(position));
        return rewritten.ToString();
    }

    /// <summary>Keeps what separates statements in either notation: ends of lines, semicolons, indentation and comments.</summary>
    private static void AppendLayout(StringBuilder rewritten, string gap)
    {
        var inComment = false;
        foreach (var character in gap)
        {
            inComment = character is '#' or '%' || (inComment && !LineEnds.IsLineEnd(character));
            if (inComment || LineEnds.IsLineEnd(character) || character is ';' or ' ' or '\t')
                rewritten.Append(character);
        }
    }
}
