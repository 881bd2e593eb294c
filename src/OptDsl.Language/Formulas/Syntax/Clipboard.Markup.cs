using System.Text.RegularExpressions;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part that reads through marks of typesetting and of programs which are longer than a character: bold words, labels of braces, quotes, comments.</summary>
internal sealed partial class Clipboard
{
    private static readonly Regex Quotes = new(@"(?:(?<=^|[\s(=])[rRfFuUbB]{1,2})?""""""|(?<=^|[\s(=])[rRfFuUbB]{0,2}'''(?=[\s\p{L}]|$)|(?<=[;\s)])'''(?=[\s,;)]|$)", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    /// <summary>What puts a documentation together from strings: the name it is given, signs between them, fields.</summary>
    private static readonly Regex DocumentationFrame = new(@"^[ \t]*(?:__doc__[ \t]*=[ \t]*\(?|\+[ \t]*(?=[rRfFbBuU]{0,2}"""""")|\+[ \t]*_\w+|\{_\w+\})[ \t]*\r?$|(?<=__doc__[\s\S]*)^\)[ \t]*\r?$|^[ \t]*\+[ \t]*(?=[rRfFbBuU]{0,2}"""""")", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    private static readonly Regex Bold = new(@"(?<=^|[\s(>|])\*\*(?=[\p{L}$\\])[^*\n]*?[^\s*]\*\*(?=$|[\s:.,;)|!?])", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    private static readonly Regex BlockComment = new(@"/\*.*?\*/", RegexOptions.Singleline | RegexOptions.CultureInvariant);

    private static readonly Regex Decorator = new(@"^[ \t]*@[A-Za-z_][\w.]*(?:\([^\n]*\))?[ \t]*$", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    private static readonly Regex SignInBraces = new(@"(?<![_^][ \t]{0,4})(?<!\\[A-Za-z]{1,20}[ \t]{0,4})(?<!\}[ \t]{0,4})\{[ \t]*[-+=<>,/*−][ \t]*\}", RegexOptions.CultureInvariant);

    private static readonly Regex UprightTime = new(@"\\(?:mathrm|text|textrm|mathit|textit|rm)\s*\{\s*[A-Za-z]\s*[-+−]\s*\d+\s*\}", RegexOptions.CultureInvariant);

    private static readonly Regex BraceWithLabel = new(@"\\(?:under|over)(?:brace|bracket)(?![a-zA-Z])\s*(?=\{)", RegexOptions.CultureInvariant);

    private static readonly Regex System = new(@"(?:(?<=^|[\n$])[^\n$]*?(?::=|=|:)\s*)?\\left\s*\\\{\s*(?=\\begin\s*\{(?<name>aligned|alignedat|split|gathered|align\*?)\})", RegexOptions.CultureInvariant);

    private static readonly Regex ForEach = new(@"(?:torch\s*\.\s*)?_foreach_(?<name>[a-z]+(?:_[a-z]+)*?_?)\(", RegexOptions.CultureInvariant);

    private static readonly Regex Italic = new(@"^[ \t]*(?<open>\*)(?=\p{L})[\p{L} ]{2,40}(?<close>\*)(?=[:.,]|\s)", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    /// <summary>A text all of whose lines are comments: what is in them is what was pasted.</summary>
    private static readonly Regex LineComment = new(@"\A(?:\s*(?<mark>//[/!]?)[^\n]*(?:\n|\z))+\s*\z", RegexOptions.CultureInvariant);

    private static readonly Regex Stars = new(@"^[ \t]*\*(?=[ \t]|$)", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    /// <summary>What an arrow behind a formula points out: a second one assigns nothing.</summary>
    private static readonly Regex PointedOut = new(@"^[^\n=←]*[=←][^\n]*?\S(?<drop>[ \t]{2,}(?:←|⟵|⇐|<--?)[ \t]*(?=[""“”'‘]|\p{L}{3,}[ \t]+\p{L}{2,})[^\n]*)$", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    private void DropCaptures(Match match)
    {
        foreach (Capture mark in match.Groups["mark"].Captures)
            Drop(mark.Index, mark.Index + mark.Length);
    }

    /// <summary>Comments of C are left out, unless nothing else stands in the text.</summary>
    private void FindBlockComments()
    {
        if (BlockComment.Replace(_text, "").Any(character => !char.IsWhiteSpace(character)))
        {
            DropAll(BlockComment);
            return;
        }

        foreach (Match comment in BlockComment.Matches(_text))
        {
            Drop(comment.Index, comment.Index + 2);
            Drop(comment.Index + comment.Length - 2, comment.Index + comment.Length);
            foreach (Match star in Stars.Matches(comment.Value))
            {
                for (var i = comment.Index + star.Index; i < comment.Index + star.Index + star.Length; i++)
                    _dropped[i] = _dropped.TryGetValue(i, out var dropped) ? dropped : " ";
            }
        }
    }

    private void FindMarkup()
    {
        FindPages();
        FindPrograms();
        if (_text.Contains("\"\"\"") || _text.Contains("'''"))
        {
            DropAll(Quotes);
            DropAll(DocumentationFrame);
        }

        if (_text.Contains("/*"))
            FindBlockComments();
        else if (_text.Contains("//") && LineComment.Match(_text) is { Success: true } lines)
            DropCaptures(lines);
        if (_text.IndexOfAny(['←', '⟵', '⇐', '<']) >= 0)
            DropGroups(PointedOut);
        if (_text.Contains("**"))
            FindBold();
        if (_text.Contains("*"))
        {
            foreach (Match match in Italic.Matches(_text))
            {
                _dropped[match.Groups["open"].Index] = "";
                _dropped[match.Groups["close"].Index] = "";
            }
        }

        if (_text.Contains("@"))
            DropAll(Decorator);
        if (_text.Contains("_foreach_"))
            FindForEach();
        if (!_text.Contains("\\"))
            return;
        foreach (Match match in SignInBraces.Matches(_text))
        {
            _dropped[match.Index] = "";
            _dropped[match.Index + match.Length - 1] = "";
        }

        foreach (Match match in UprightTime.Matches(_text))
        {
            Drop(match.Index, _text.IndexOf('{', match.Index) + 1);
            _dropped[match.Index + match.Length - 1] = "";
        }

        foreach (Match match in BraceWithLabel.Matches(_text))
            FindLabel(match.Index + match.Length);
        if (_text.Contains("\\left"))
            FindSystems();
    }

    private void DropAll(Regex marks)
    {
        foreach (Match match in marks.Matches(_text))
        {
            for (var i = match.Index; i < match.Index + match.Length; i++)
                _dropped[i] = LineEnds.IsLineEnd(_text[i]) ? _text[i].ToString() : " ";
        }
    }

    private void Drop(int start, int end)
    {
        for (var i = start; i < end; i++)
            _dropped[i] = "";
    }

    /// <summary><c>**Update:**</c> of Markdown; between values two stars are a power.</summary>
    private void FindBold()
    {
        foreach (Match match in Bold.Matches(_text))
        {
            Drop(match.Index, match.Index + 2);
            Drop(match.Index + match.Length - 2, match.Index + match.Length);
        }
    }

    /// <summary>The label below or above a brace, <c>\underbrace{x}_{\text{momentum}}</c>, says what the value is, and is no part of it.</summary>
    private void FindLabel(int open)
    {
        if (ClosingBrace(open) is not { } close)
            return;
        var sign = AfterBlanks(close + 1);
        if (sign >= _text.Length || _text[sign] is not ('_' or '^'))
            return;
        var start = AfterBlanks(sign + 1);
        var end = start;
        while (end < _text.Length && _text[end] == '\\')
        {
            end++;
            while (end < _text.Length && char.IsLetter(_text[end]))
                end++;
            end = AfterBlanks(end);
        }

        if (end < _text.Length && _text[end] == '{' && ClosingBrace(end) is { } last)
            end = last + 1;
        else if (end == start && end < _text.Length)
            end++;
        Drop(sign, end);
    }

    private int AfterBlanks(int position)
    {
        while (position < _text.Length && _text[position] is ' ' or '\t' or '\n' or '\r')
            position++;
        return position;
    }

    /// <summary>The name of a method and the brace before its equations: <c>\text{Adam} := \left\{\begin{aligned}</c>. Cases, which choose, are left alone.</summary>
    private void FindSystems()
    {
        foreach (Match match in System.Matches(_text))
        {
            var end = _text.IndexOf($"\\end{{{match.Groups["name"].Value}}}", match.Index + match.Length, StringComparison.Ordinal);
            var content = _text.Substring(match.Index + match.Length, Math.Max(0, (end < 0 ? _text.Length : end) - match.Index - match.Length));
            if (content.Contains("otherwise") || Choice.IsMatch(content) || content.IndexOfAny(['=', '←']) < 0 && !content.Contains("\\gets") && !content.Contains("\\leftarrow"))
                continue;
            Drop(match.Index, match.Index + match.Length);
        }
    }

    private static readonly Regex Choice = new(@"(?<![a-zA-Z])if(?![a-zA-Z])", RegexOptions.CultureInvariant);

    /// <summary><c>torch._foreach_mul_(v, β)</c> does to each tensor of a list what <c>v.mul_(β)</c> does to one.</summary>
    private void FindForEach()
    {
        foreach (Match match in ForEach.Matches(_text))
        {
            var (depth, comma, last, commas, close) = (0, -1, -1, 0, -1);
            for (var i = match.Index + match.Length; i < _text.Length && close < 0; i++)
            {
                if (_text[i] is '(' or '[' or '{')
                    depth++;
                else if (_text[i] is ')' or ']' or '}')
                    close = depth-- == 0 ? i : -1;
                else if (_text[i] == ',' && depth == 0)
                    (comma, last, commas) = (comma < 0 ? i : comma, i, commas + 1);
            }

            if (close < 0)
                continue;
            Drop(match.Index, match.Index + match.Length);
            var call = $".{match.Groups["name"].Value}(";
            _dropped[comma < 0 ? close : comma] = comma < 0 ? call + ")" : call;

            // Of the methods a number before the tensors is the factor, of these the one behind them.
            if (commas == 3 && match.Groups["name"].Value.StartsWith("addc", StringComparison.Ordinal) && !_text.Substring(last + 1, close - last - 1).Contains("="))
                _dropped[last] = ", value=";
        }
    }
}
