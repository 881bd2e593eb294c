using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks.Fixes;

/// <summary>Writes pieces of formulas in the notation that a rule's text is in.</summary>
internal sealed class FormulaText(LintContext context)
{
    private readonly string _text = context.Model.Source.Formulas;

    public bool IsLatex => _text.Contains("\\");

    public bool IsAscii => _text.All(c => c < '\u0080' || char.IsLetter(c)) && !_text.Contains('√');

    /// <summary>The step count, 1 at the first, as the text writes it in exponents.</summary>
    public string Step => context.StepCount;

    public string Of(Expr expression) => context.Text(expression);

    /// <summary>A text that can be a factor or take an exponent.</summary>
    public static string Atom(string text)
    {
        var isAtom = text.All(c => char.IsLetterOrDigit(c) || c is '_' or '.' || c > '\u02ff') || IsWrapped(text) || IsCall(text);
        return isAtom ? text : $"({text})";
    }

    /// <summary>The product of two factors.</summary>
    public string Product(string first, string second) => IsLatex ? $"{first} {second}" : $"{first}*{second}";

    public string Root(string text)
    {
        if (IsBraced(text))
            return $"{{{Root(text.Substring(1, text.Length - 2))}}}";
        var inner = IsWrapped(text) ? text.Substring(1, text.Length - 2) : text;
        return IsLatex ? $@"\sqrt{{{inner}}}" : $"sqrt({inner})";
    }

    /// <summary>The text with a term added at its end, in brackets; in those that it has.</summary>
    public static string Plus(string text, string term)
    {
        var isBraced = IsBraced(text);
        var inner = isBraced || IsWrapped(text) ? text.Substring(1, text.Length - 2) : text;
        return isBraced ? $"{{{inner} + {term}}}" : $"({inner} + {term})";
    }

    /// <summary>The text without brackets around all of it.</summary>
    public static string Inner(string text) => IsWrapped(text) ? text.Substring(1, text.Length - 2) : text;

    /// <summary>The larger of two values.</summary>
    public string Largest(string first, string second) => $"{(IsLatex ? @"\max" : "max")}({first}, {second})";

    public string Sign(string text) => $"{(IsLatex ? @"\operatorname{sign}" : "sign")}({Inner(text)})";

    public string Norm(string text) => IsLatex ? $@"\left\lVert {text} \right\rVert" : _text.Contains('‖') ? $"‖{text}‖" : $"norm({text})";

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

    /// <summary>The edit that puts a statement before another, on a line of its own where that one has.</summary>
    public FormulaEdit StatementBefore(Definition next, string statement)
    {
        var start = next.StatementSpan.Start;
        var lineStart = LineEnds.StartOfLine(_text, start);
        var indentation = _text.Substring(lineStart, start - lineStart);
        var separator = string.IsNullOrWhiteSpace(indentation) ? $"{(IsLatex && _text.Contains(@"\\") ? @" \\" : "")}\n{indentation}" : "; ";
        return new FormulaEdit(new TextSpan(start, 0), statement + separator);
    }

    private static bool IsWrapped(string text) => IsEnclosed(text, '(', ')');

    /// <summary>An argument of a LaTeX command, which must keep its braces.</summary>
    private static bool IsBraced(string text) => IsEnclosed(text, '{', '}');

    private static bool IsEnclosed(string text, char open, char close)
    {
        if (text.Length < 2 || text[0] != open || text[text.Length - 1] != close)
            return false;
        var depth = 0;
        for (var index = 0; index < text.Length - 1; index++)
        {
            depth += text[index] == open ? 1 : text[index] == close ? -1 : 0;
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
