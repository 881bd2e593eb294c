using System.Text;
using System.Text.RegularExpressions;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Language.Formulas.Notation;

/// <summary>Rewrites the formulas of a rule in another notation, statement by statement; line breaks and comments stay.</summary>
internal static class NotationRewriter
{
    private static readonly Regex Comment = new(@"(?<!\\)[#%][^\r\n]*", RegexOptions.CultureInvariant);

    public static string Rewrite(RuleModel model, NotationStyle style)
    {
        var text = model.Source.Formulas;
        if (Enumerable.Range(1, Math.Max(0, model.Statements.Length - 1)).Any(i => model.Statements[i].Span.Start < model.Statements[i - 1].Span.End))
            return string.Join("\n", model.WriteFormulas(style));
        var rewritten = new StringBuilder();
        var position = 0;

        // Where there are choices, lines that belong to none stand as far to the right as the first.
        var indentation = model.Statements.Any(statement => statement is ChoiceSyntax) ? IndentationOf(text, model.Statements[0].Span.Start) : null;
        foreach (var statement in model.Statements)
        {
            AppendLayout(rewritten, text.Substring(position, statement.Span.Start - position), indentation);
            AppendItem(rewritten, text, statement, model.WriteStatement(statement, style), indentation ?? "");
            position = statement.Span.End;
        }

        AppendLayout(rewritten, text.Substring(position), indentation: null);
        return rewritten.ToString();
    }

    /// <summary>A choice keeps the comments in it, which come to stand above it.</summary>
    private static void AppendItem(StringBuilder rewritten, string text, ItemSyntax item, string written, string indentation)
    {
        var lineBreak = "\n" + indentation;
        if (item is ChoiceSyntax)
        {
            foreach (Match comment in Comment.Matches(text.Substring(item.Span.Start, item.Span.Length)))
                rewritten.Append(comment.Value.TrimEnd()).Append(lineBreak);
        }

        rewritten.Append(written.Replace("\n", lineBreak));
    }

    private static string IndentationOf(string text, int position)
    {
        var line = position == 0 ? 0 : text.LastIndexOf('\n', position - 1) + 1;
        return new string([.. text.Substring(line, position - line).TakeWhile(character => character is ' ' or '\t')]);
    }

    /// <summary>Keeps what separates statements in either notation: ends of lines, semicolons, indentation and comments.</summary>
    private static void AppendLayout(StringBuilder rewritten, string gap, string? indentation)
    {
        var inComment = false;
        foreach (var character in gap)
        {
            inComment = character is '#' or '%' || (inComment && !LineEnds.IsLineEnd(character));
            if (inComment || LineEnds.IsLineEnd(character) || character is ';' or ' ' or '\t')
                rewritten.Append(character);
        }

        if (indentation is null)
            return;
        while (rewritten.Length > 0 && rewritten[rewritten.Length - 1] is ' ' or '\t')
            rewritten.Length--;
        if (rewritten.Length == 0 || rewritten[rewritten.Length - 1] is '\n' or '\r')
            rewritten.Append(indentation);
    }
}
