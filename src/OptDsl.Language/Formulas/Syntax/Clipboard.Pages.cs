using System.Text;
using System.Text.RegularExpressions;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>
/// The part that reads through what browsers and viewers of documents give for a formula: the same formula twice or three times, a character a
/// line, accents beside their letters, scripts on lines of their own.
/// </summary>
internal sealed partial class Clipboard
{
    private const int LongestEcho = 400;

    private const int ShortestEcho = 4;

    private static readonly Regex Role = new(@":[a-z]+(?::[a-z]+)?:(?=`)", RegexOptions.CultureInvariant);

    private static readonly Regex Column = new(@"(?:^[ \t]*(?:[^\s]{1,2}|[^\s] ?[^\s]{1,2})[ \t]*\r?\n){5,}[ \t]*[^\s]{1,3}[ \t]*$", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    private static readonly Regex LoneTime = new(@"(?<=[\p{L}][2-4])[ \t]*\r?\n(?=[a-z](?:[)·+\-−*/,⊙](?!=)|[ \t](?![ \t]*(?:[-+*/·×]?=|←|:=))|[ \t]*$))", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    private static readonly Regex LoneNumber = new(@"(?<=\([^()\n]{0,60}[α-ω][a-z])[ \t]*\r?\n(?=[1-9][ \t]*\))|(?<=[α-ω][a-z])[ \t]*\r?\n(?=[1-9](?:[ \t]+(?:and|or|we|is|are|to)\b|[ \t]*\r?\n[a-z]{2,}[ \t]+[\p{L}]))", RegexOptions.CultureInvariant);

    /// <summary>An accent between a letter and its time, on the left of an assignment: <c>mˆ t ←</c>.</summary>
    private static readonly Regex TimeApart = new(@"\p{L}[ˆ˜¯ˉ] [tk][ \t]*(?:←|:=|=(?!=))", RegexOptions.CultureInvariant);

    private static readonly Regex Start = new(@"(?<=[\p{L}])(?<drop>t=)(?=0[ \t]*(?:←|∈|:=|<-))", RegexOptions.CultureInvariant);

    private static readonly Regex Box = new(@"\\(?:boxed|fbox|ensuremath|hl)[ \t]*(?=\{)", RegexOptions.CultureInvariant);

    /// <summary>Where a line of a listing ends, and no thin space stands.</summary>
    private static readonly Regex EndOfLine2e = new(@"(?<=\$[ \t]*)\\;", RegexOptions.CultureInvariant);

    private static readonly Regex Answer = new(@"^[ \t]*Out ?\[\d*\]:[^\n]*", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    private void FindPages()
    {
        if (_text.Contains("\\displaystyle"))
            FindSources();
        else if (_text.Contains("\\"))
            FindTriples();
        if (_text.Contains("t=0"))
            DropGroups(Start);
        if (_text.Contains("\\boxed") || _text.Contains("\\fbox"))
            FindBoxes();
        if (_text.Contains(":`"))
            DropAll(Role);
        if (_text.Contains("\\;"))
        {
            foreach (Match end in EndOfLine2e.Matches(_text))
                _dropped[end.Index] = _dropped[end.Index + 1] = "\n";
        }

        if (_text.Contains("Out"))
            DropAll(Answer);
        if (_text.Contains("\n"))
        {
            foreach (Match column in Column.Matches(_text))
            {
                if (column.Value.IndexOfAny(['=', '←']) < 0)
                    continue;
                DropLineEnds(column.Index, DropEcho(column) ?? column.Index + column.Length);
            }

            foreach (var lone in new[] { LoneTime, LoneNumber })
            {
                foreach (Match match in lone.Matches(_text))
                    Drop(match.Index, match.Index + match.Length);
            }
        }

        if (_text.IndexOfAny(['ˆ', '˜', '¯', 'ˉ']) >= 0)
            FindAccents();
    }

    /// <summary>Where the letters of a column stand a second time below it, as they are laid out, these are left out; gives where the first end.</summary>
    private int? DropEcho(Match column)
    {
        var end = Math.Min(_text.Length, column.Index + (8 * LongestEcho));
        var (letters, places) = Skeleton(column.Index, end);
        for (var length = Math.Min(letters.Length / 2, LongestEcho); length >= ShortestEcho; length--)
        {
            if (letters.IndexOf('=') is not (> 0 and var sign) || sign >= length || string.CompareOrdinal(letters, 0, letters, length, length) != 0)
                continue;
            var (start, last) = (places[length], places[(2 * length) - 1]);
            if (start > column.Index + column.Length)
                return null;
            for (var i = start; i <= last; i++)
                _dropped[i] = i == start ? "\n" : "";
            for (var i = last + 1; i < _text.Length && (char.IsWhiteSpace(_text[i]) || _text[i] is '\u200B' or ')'); i++)
                _dropped[i] = "";
            return start;
        }

        return null;
    }

    /// <summary>A frame around an assignment.</summary>
    private void FindBoxes()
    {
        foreach (Match match in Box.Matches(_text))
        {
            var open = match.Index + match.Length;
            if (ClosingBrace(open) is not { } close)
                continue;
            Drop(match.Index, open + 1);
            _dropped[close] = "";
        }
    }

    private void DropLineEnds(int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (char.IsWhiteSpace(_text[i]))
                _dropped[i] = "";
        }
    }

    /// <summary>Behind the letters of a formula an encyclopedia has its source in LaTeX: <c>w := w − η g {\displaystyle w:=w-\eta g}</c>.</summary>
    private void FindSources()
    {
        foreach (Match match in DisplayStyle.Matches(_text))
        {
            if (ClosingBrace(match.Index) is not { } close)
                continue;
            var source = Skeleton(match.Index + match.Length, close).Letters;
            if (source.Length == 0 || source.Length > LongestEcho)
                continue;

            // The letters before it, as far back as they are those of the source.
            var (start, echo) = (match.Index, "");
            for (var i = match.Index - 1; i >= 0 && echo.Length < source.Length && source.EndsWith(echo, StringComparison.Ordinal) && match.Index - i < 4 * LongestEcho; i--)
            {
                if (_text[i] is '}' or '{' or '\\')
                    break;
                if (char.IsLowSurrogate(_text[i]))
                    continue;
                echo = Skeleton(i, i + Letters.LengthAt(_text, i)).Letters + echo;
                start = i;
            }

            if (echo != source)
                continue;
            while (start > 0 && _text[start - 1] is ' ' or '(' or '[' or '|' or '‖' or '−' or '-' or '√' or '∇' or '∂' or '{')
                start--;
            DropLineEnds(start, match.Index);
            for (var i = start; i < match.Index; i++)
                _dropped[i] = i == start ? " " : "";
        }
    }

    /// <summary>A page that sets formulas with KaTeX gives each three times: its letters, its source in LaTeX, and its letters as they are laid out.</summary>
    private void FindTriples()
    {
        for (var line = 0; line < _text.Length; line = EndOfLine(line) + 1)
        {
            var end = EndOfLine(line);
            var command = _text.IndexOf('\\', line, end - line);
            if (command <= line || _text.IndexOfAny(['=', '←'], line, command - line) < 0)
                continue;
            var (before, places) = Skeleton(line, command);
            if (before.Length is < ShortestEcho or > LongestEcho)
                continue;
            var (behind, places2) = Skeleton(command, Math.Min(end, command + (8 * LongestEcho)));
            var all = before + behind;
            for (var i = before.Length; i >= ShortestEcho; i--)
            {
                if (LongestSuffix(all, i) is not (>= ShortestEcho and var length))
                    continue;
                var first = i - length;
                var source = i < before.Length ? places[i] : command;
                for (var k = places[first]; k < source; k++)
                    _dropped[k] = "";
                var last = i + length - before.Length;
                if (last < 0 || last >= places2.Count)
                    break;
                var laidOut = places2[last];
                if (_text.IndexOf('\\', laidOut, end - laidOut) < 0)
                {
                    Drop(laidOut, end);
                    for (var next = end + 1; next < _text.Length && _text.IndexOf('\u200B', next, EndOfLine(next) - next) >= 0; next = EndOfLine(next) + 1)
                        Drop(next, EndOfLine(next));
                }

                break;
            }
        }
    }

    /// <summary>How many characters before a place in a text, an assignment among them, are the same as those from it on.</summary>
    private static int LongestSuffix(string text, int place)
    {
        for (var length = Math.Min(place, text.Length - place); length >= ShortestEcho; length--)
        {
            if (text[place - length] == text[place] && string.CompareOrdinal(text, place - length, text, place, length) == 0 && text.IndexOf('=', place, length) >= 0)
                return length;
        }

        return 0;
    }

    private int EndOfLine(int position)
    {
        while (position < _text.Length && !LineEnds.IsLineEnd(_text[position]))
            position++;
        return position;
    }

    private static readonly HashSet<string> WithoutLetters = ["begin", "end", "hspace", "vspace", "rule", "label", "tag", "phantom"];

    /// <summary>The letters, digits and signs of assignment of a part of the text, LaTeX's commands for them among them, and where each stands.</summary>
    private (string Letters, List<int> Places) Skeleton(int start, int end)
    {
        var (letters, places) = (new StringBuilder(), new List<int>());
        for (var i = start; i < end;)
        {
            var length = Letters.LengthAt(_text, i);
            if (_text[i] == '\\')
            {
                var word = i + 1;
                while (word < end && _text[word] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'))
                    word++;
                var name = _text.Substring(i + 1, word - i - 1);
                var written = LatexCommands.LetterNames.TryGetValue(name, out var letter) ? letter : Operations.Functions.IsCommand(name) ? name : name is "leftarrow" or "gets" or "coloneqq" ? "=" : "";
                foreach (var character in written)
                {
                    letters.Append(character);
                    places.Add(i);
                }

                i = Math.Max(word, i + 1);
                while (WithoutLetters.Contains(name) && i < end && _text[i] == '{')
                    i = Math.Min(end, (ClosingBrace(i) ?? end) + 1);
                continue;
            }

            if (Letters.IsLetterAt(_text, i) || _text[i] is >= '0' and <= '9')
            {
                foreach (var character in Letters.Normalize(_text.Substring(i, Math.Min(length, _text.Length - i))))
                {
                    letters.Append(character);
                    places.Add(i);
                }
            }

            else if (_text[i] is '=' or '←' or '≔')
            {
                letters.Append('=');
                places.Add(i);
            }

            i += length;
        }

        return (letters.ToString(), places);
    }

    /// <summary>
    /// <c>ˆmt</c> and <c>mˆt</c>, where a viewer set the accent beside its letter: before it, if the text has an accent somewhere that nothing else can carry, else behind it.
    /// </summary>
    private void FindAccents()
    {
        var marks = Enumerable.Range(0, _text.Length).Where(i => MarkOf(_text[i]) != '\0').ToList();
        var isBefore = marks.Any(i => i == 0 || !(char.IsLetter(_text[i - 1]) || char.IsSurrogate(_text[i - 1]) || (_text[i - 1] == ' ' && i > 1 && char.IsLetter(_text[i - 2]) && i + 1 < _text.Length && _text[i + 1] == ' ')));
        var isApart = TimeApart.IsMatch(_text);
        foreach (var i in marks)
        {
            if (!isBefore)
            {
                var letter = i > 0 && _text[i - 1] == ' ' ? i - 1 : i;
                Drop(letter, i);
                _dropped[i] = MarkOf(_text[i]).ToString();
                if (isApart && i + 2 < _text.Length && _text[i + 1] == ' ' && _text[i + 2] is 't' or 'k' && !(i + 3 < _text.Length && char.IsLetterOrDigit(_text[i + 3])))
                    Drop(i + 1, i + 2);
                continue;
            }

            var next = i + 1;
            while (next < _text.Length && _text[next] == ' ')
                next++;
            if (next >= _text.Length || !Letters.IsLetterAt(_text, next))
                continue;
            var last = next + Letters.LengthAt(_text, next) - 1;
            Drop(i, next);
            _dropped[last] = _text[last].ToString() + MarkOf(_text[i]);
        }
    }

    private static char MarkOf(char accent) => accent switch
    {
        'ˆ' => '\u0302',
        '˜' => '\u0303',
        '¯' or 'ˉ' => '\u0304',
        _ => '\0',
    };
}
