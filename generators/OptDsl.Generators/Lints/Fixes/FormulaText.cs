using OptDsl.Generators.Formulas;
using OptDsl.Generators.Formulas.Diagnostics;
using OptDsl.Generators.Formulas.Model;

namespace OptDsl.Generators.Lints.Fixes;

/// <summary>Writes pieces of formulas in the notation that a rule's text is in.</summary>
internal sealed class FormulaText(LintContext context)
{
    private readonly string _text = context.Model.Source.Formulas;

    public bool IsLatex => _text.Contains("\\");

    public bool IsAscii => _text.All(c => c < '\u0080' || char.IsLetter(c)) && !_text.Contains('√');

    /// <summary>The step count as the text writes it in exponents.</summary>
    public string Step => context.Model.Source.Step;

    public string Of(Expr expression) => context.Text(expression);

    /// <summary>A text that can be a factor or take an exponent.</summary>
    public static string Atom(string text)
    {
        var isAtom = text.All(c => char.IsLetterOrDigit(c) || c is '_' or '.' || c > '\u02ff') || IsWrapped(text) || IsCall(text);
        return isAtom ? text : $"({text})";
    }

    public string Root(string text)
    {
        var inner = IsWrapped(text) ? text.Substring(1, text.Length - 2) : text;
        return IsLatex ? $@"\sqrt{{{inner}}}" : $"sqrt({inner})";
    }

    public string Square(string text) => _text.Contains('²') ? $"{Atom(text)}²" : $"{Atom(text)}^2";

    /// <summary><c>1-βᵗ</c>.</summary>
    public string Correction(string decay) => _text.Contains('ᵗ') && Step == "t" ? $"1-{decay}ᵗ" : $"1-{decay}^{(IsLatex ? $"{{{Step}}}" : Step)}";

    /// <summary>A name for the corrected value of a state that the rule does not use yet.</summary>
    public string Hat(StateSymbol state)
    {
        var taken = new HashSet<string>(context.Model.Definitions.Select(definition => definition.Target.Name));
        var name = state.Name.Length == 1 && !(IsAscii && !IsLatex) ? $"{state.Name}\u0302" : $"{state.Name}hat";
        while (taken.Contains(name) || context.Model.Hypers.Any(hyper => hyper.Name == name))
            name += "1";
        return name;
    }

    /// <summary>
    /// One replacement for several edits: the text from the first to the last with all of them done. Edits do not overlap.
    /// </summary>
    public ReplaceFix Combine(string title, IEnumerable<(TextSpan Span, string NewText)> edits)
    {
        var ordered = edits.OrderBy(edit => edit.Span.Start).ThenBy(edit => edit.Span.End).ToArray();
        var (start, end) = (ordered[0].Span.Start, ordered.Max(edit => edit.Span.End));
        var (written, at) = ("", start);
        foreach (var (span, newText) in ordered)
        {
            written += _text.Substring(at, span.Start - at) + newText;
            at = span.End;
        }
        return new ReplaceFix(title, TextSpan.FromBounds(start, end), written + _text.Substring(at, end - at));
    }

    /// <summary>The edit that puts a statement before another, on a line of its own where that one has.</summary>
    public (TextSpan Span, string NewText) StatementBefore(Definition next, string statement)
    {
        var start = next.StatementSpan.Start;
        var lineStart = start == 0 ? 0 : _text.LastIndexOf('\n', start - 1) + 1;
        var indentation = _text.Substring(lineStart, start - lineStart);
        var separator = string.IsNullOrWhiteSpace(indentation) ? $"{(IsLatex && _text.Contains(@"\\") ? @" \\" : "")}\n{indentation}" : "; ";
        return (new TextSpan(start, 0), statement + separator);
    }

    private static bool IsWrapped(string text)
    {
        if (text.Length < 2 || text[0] != '(' || text[text.Length - 1] != ')')
            return false;
        var depth = 0;
        for (var index = 0; index < text.Length - 1; index++)
        {
            depth += text[index] == '(' ? 1 : text[index] == ')' ? -1 : 0;
            if (depth == 0)
                return false;
        }
        return true;
    }

    private static bool IsCall(string text)
    {
        var open = text.IndexOf('(');
        return open > 0 && text.Take(open).All(char.IsLetterOrDigit) && IsWrapped(text.Substring(open));
    }
}
