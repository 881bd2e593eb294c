using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>Tells the words around a formula from the formula, by what names are known.</summary>
internal sealed class Prose(Vocabulary names, Func<ImmutableArray<Token>, int, int> targetStart)
{
    public Vocabulary Names => names;

    /// <summary>The word at an index: plain letters that are no known name, or the first word of a text in words. Empty for anything else.</summary>
    public string WordAt(ImmutableArray<Token> tokens, int index)
    {
        if (index >= tokens.Length)
            return "";
        var token = tokens[index];
        if (token.Kind == TokenKind.Prose)
            return new string([.. token.Text.TrimStart(' ', '(').TakeWhile(char.IsLetter)]);
        return IsWord(tokens, index) || IsArticle(tokens, index) || IsDefinition(tokens, index) ? token.Name : "";
    }

    /// <summary>The "def" before a name that begins with a line.</summary>
    private static bool IsDefinition(ImmutableArray<Token> tokens, int index) => index == 0 && tokens[0].Name is "def" or "class" && tokens.Length > 1 && tokens[1].Kind is TokenKind.Underscore or TokenKind.Name && tokens[1].Span.Start > tokens[0].Span.End;

    /// <summary>The <c>a</c> of "a minibatch".</summary>
    private bool IsArticle(ImmutableArray<Token> tokens, int index) =>
        tokens[index].Name is "a" or "A" && !names.IsKnown(tokens[index].Name) && index + 1 < tokens.Length && IsWord(tokens, index + 1);

    /// <summary>True where words start that belong to no formula.</summary>
    public bool StartsProse(ImmutableArray<Token> tokens, int index)
    {
        if (index >= tokens.Length)
            return false;
        if (tokens[index].Kind == TokenKind.Prose)
            return !IsSign(tokens[index]);
        var word = WordAt(tokens, index);
        if (word == "" || ListingWords.IsChoice(word))
            return false;
        return ListingWords.IsWord(word) || WordAt(tokens, index + 1) != "";
    }

    /// <summary>True for a sign such as <c>→</c> or <c>…</c>, which says nothing by itself.</summary>
    private static bool IsSign(Token token) => token.Kind == TokenKind.Prose && token.Text is "→" or "⇒" or "⇔" or "⟺" or "≈" or "∝" or "…" or "⋯" or "∈" or "∉" or "∼" or "⊂" or "⊆" or "∃" or "—";

    /// <summary>A row without its number, <c>12:</c>, <c>(12)</c> or a bullet before it, and without the number of the equation behind it.</summary>
    public ImmutableArray<Token> WithoutNumber(ImmutableArray<Token> row)
    {
        while (row.Length > 0 && row[0].Kind == TokenKind.Gap)
            row = row.RemoveAt(0);
        if (row.Length > 1 && IsWhole(row[0]) && row[1].Kind == TokenKind.Colon)
            return ImmutableArray.Create(row, 2, row.Length - 2);
        if (row.Length > 1 && IsWhole(row[0]) && row[1].Kind == TokenKind.Name && row[1].Span.Start > row[0].Span.End
            && (ListingWords.IsLoop(row[1].Name) || ListingWords.IsHeading(row[1].Name) || (StatementSplitter.AssignmentIn(row) is > 1 and var first && targetStart(row, first) == 1)))
        {
            row = row.RemoveAt(0);
        }

        if (StatementSplitter.AssignmentIn(row) > 1)
        {
            if (row[0].Kind == TokenKind.Number && row[0].Text.EndsWith(".", StringComparison.Ordinal))
                row = row.RemoveAt(0);
            else if (row[0].Kind is TokenKind.Minus or TokenKind.Times or TokenKind.Plus && targetStart(row, StatementSplitter.AssignmentIn(row)) == 1)
                row = row.RemoveAt(0);
            else if (row[0].Kind == TokenKind.OpenParenthesis && row[2].Kind == TokenKind.CloseParenthesis && (IsWhole(row[1]) || (row[1].Kind == TokenKind.Name && !names.IsKnown(row[1].Name))))
                row = ImmutableArray.Create(row, 3, row.Length - 3);
            else if (IsWhole(row[0]) && row[1].Kind == TokenKind.CloseParenthesis)
                row = ImmutableArray.Create(row, 2, row.Length - 2);
        }

        // Of Maple, or of a sentence that goes on.
        if (row.Length > 3 && row[row.Length - 1].Kind == TokenKind.Colon && StatementSplitter.AssignmentIn(row) > 0 && !row.Any(token => token.Kind is TokenKind.Keyword or TokenKind.Question))
            row = row.RemoveAt(row.Length - 1);
        if (row.Length > 5 && IsEquationNumber(row))
            row = ImmutableArray.Create(row, 0, row.Length - 3);

        while (row.Length > 0 && row[row.Length - 1].Kind == TokenKind.Gap)
            row = row.RemoveAt(row.Length - 1);
        return row;
    }

    /// <summary>
    /// Where the formula of a row starts: behind <c>Update:</c>, <c>Compute the gradient</c>, <c>where</c>. The start of the row if what
    /// stands before the assigned name could belong to it.
    /// </summary>
    public int EndOfLead(ImmutableArray<Token> part, int assignment)
    {
        var start = targetStart(part, assignment);
        if (start <= 0)
            return 0;
        var words = 0;
        for (var i = 0; i < start; i++)
        {
            if (part[i].Kind == TokenKind.Prose)
                words += 2;
            else if (IsWord(part, i))
                words += ListingWords.IsWord(part[i].Name) ? 2 : 1;
            else if (part[i].Kind is TokenKind.Plus or TokenKind.Divide && part[start - 1].Kind == TokenKind.Colon)
                words++;
            else if (part[i].Kind is not (TokenKind.Colon or TokenKind.Comma or TokenKind.OpenParenthesis or TokenKind.CloseParenthesis or TokenKind.Times or TokenKind.Minus or TokenKind.Number or TokenKind.Name
                or TokenKind.And or TokenKind.Underscore or TokenKind.OpenBrace or TokenKind.CloseBrace))
                return 0;
        }

        var isApart = words == 1 && start == 1 && part[0].Kind == TokenKind.Name && part[0].Glyphs.Length > 3 && part[1].Span.Start > part[0].Span.End + 1;
        return words > 1 || isApart || (words == 1 && part[start - 1].Kind == TokenKind.Colon) ? start : 0;
    }

    /// <summary>Where the words behind a formula start, or its length.</summary>
    public int StartOfTail(ImmutableArray<Token> part, int assignment)
    {
        var depth = 0;
        for (var i = assignment + 1; i < part.Length; i++)
        {
            if (depth == 0 && i > assignment + 1 && IsTail(part, i))
                return i;
            depth += BracketDepth.Of(part[i].Kind);
        }

        return part.Length;
    }

    /// <summary>True for a row that says something and computes nothing.</summary>
    public bool IsProse(ImmutableArray<Token> part)
    {
        var (words, isMath, isDeclared) = (0, false, false);
        for (var i = 0; i < part.Length; i++)
        {
            if (part[i].Kind == TokenKind.Prose)
                (words, isDeclared) = (words + (IsSign(part[i]) ? 0 : 2), isDeclared || part[i].Text is "∈" or "∼" or "⊂" or "⊆");
            else if (IsWord(part, i) && !ListingWords.IsChoice(part[i].Name))
                words++;
            else if (part[i].Kind is TokenKind.Command && (LatexCommands.Fractions.Contains(part[i].Text) || part[i].Text == LatexCommands.SquareRoot) || part[i].Kind == TokenKind.Root)
                isMath = true;
        }

        if (ListingWords.IsChoice(WordAt(part, 0)))
            return false;
        if (ListingWords.Explains(WordAt(part, 0)) && StatementSplitter.AssignmentIn(part) < 0)
            return !isMath;
        if (isDeclared)
            return !isMath;
        if (Enumerable.Range(0, part.Length).Count(i => part[i].Text == Token.Outside && IsWord(part, i)) > 1)
            return true;
        var adjacent = Enumerable.Range(0, part.Length).Any(i => StartsProse(part, i));
        if (IsTitle(part) || IsBound(part) || (ListingWords.IsConnective(WordAt(part, 0)) && part.Length <= 12 && part.All(token => token.Kind is TokenKind.Name or TokenKind.Underscore or TokenKind.OpenBrace or TokenKind.CloseBrace or TokenKind.Number or TokenKind.Minus or TokenKind.Plus)
            && Enumerable.Range(1, part.Length - 1).All(i => part[i].Kind is not (TokenKind.Minus or TokenKind.Plus) || part.Take(i).Sum(token => BracketDepth.Of(token.Kind)) > 0) && !part.Any(token => token.Kind == TokenKind.Name && names.IsKnown(token.Name) && token.Name != names.Step)))
            return true;
        if (words > 1)
            return adjacent && !isMath;
        var isBare = part.All(token => token.Kind is TokenKind.Name or TokenKind.Number or TokenKind.Colon or TokenKind.Comma or TokenKind.OpenParenthesis or TokenKind.CloseParenthesis or TokenKind.Times
            or TokenKind.Underscore or TokenKind.OpenBrace or TokenKind.CloseBrace);
        return words == 1 && isBare && (part[0].Kind == TokenKind.OpenParenthesis || ListingWords.IsWord(WordAt(part, 0)) || part[part.Length - 1].Kind == TokenKind.Colon || (part.Length == 1 && (char.IsUpper(part[0].Name[0]) || part[0].Name[0] >= '\u3040') && part[0].Glyphs.Length > 3));
    }

    /// <summary><c>f(x_T) - f(x^*) ≤ …</c>: what a theorem says; nothing is assigned, and the loss is no value of the rule.</summary>
    private bool IsBound(ImmutableArray<Token> part) => StatementSplitter.AssignmentIn(part) < 0 && part.Length > 4 && part[0].Kind != TokenKind.Keyword
        && part.Any(token => token.Kind is TokenKind.LessOrEqual or TokenKind.GreaterOrEqual or TokenKind.Less or TokenKind.Greater or TokenKind.NotEqual)
        && Enumerable.Range(0, part.Length - 1).Any(i => part[i].Kind == TokenKind.Name && part[i + 1].Kind == TokenKind.OpenParenthesis && !names.IsKnown(part[i].Name) && Diagnostics.ForeignNotation.IsLoss(part[i].Name));

    /// <summary><c>Momentum (α = 0.9):</c>, a word with a remark in brackets, before what it is the name of.</summary>
    private bool IsTitle(ImmutableArray<Token> part) =>
        part.Length > 3 && part[part.Length - 1].Kind == TokenKind.Colon && part[1].Kind == TokenKind.OpenParenthesis && part[1].Span.Start > part[0].Span.End && Closing(part, 1) == part.Length - 2
        && part[0].Glyphs.Length > 3 && IsWord(part, 0) && char.IsUpper(part[0].Name[0]);

    /// <summary><c>- μ: the momentum</c>, <c>- $η$ – learning rate</c>: a sign of a list, a name, and what it is.</summary>
    public bool Explains(ImmutableArray<Token> row)
    {
        if (Enumerable.Range(1, row.Length - 1).Count(i => row[i].Text == Token.Outside && IsWord(row, i)) > 1)
            return true;
        var colon = Enumerable.Range(0, row.Length).Where(i => row[i].Kind == TokenKind.Colon).DefaultIfEmpty(-1).First();
        return colon is > 1 and < 12 && row.Take(colon).All(token => token.Kind is TokenKind.Name or TokenKind.Underscore or TokenKind.Number or TokenKind.OpenBrace or TokenKind.CloseBrace or TokenKind.Comma or TokenKind.Minus or TokenKind.Times or TokenKind.Plus or TokenKind.Command)
            && row.Skip(1).Take(colon - 1).All(token => token.Kind is not (TokenKind.Minus or TokenKind.Plus or TokenKind.Times)) && WordAt(row, colon + 1) != "";
    }

    /// <summary>True for the bare name of a value that the rule computes: a line of a program that shows it, and no factor of the line before.</summary>
    public bool IsEcho(ImmutableArray<Token> row) => row.Length > 3 && row[1].Kind == TokenKind.OpenBracket && Closing(row, 1) == row.Length - 1 && row.Skip(2).Take(row.Length - 3).All(token => token.Kind is TokenKind.Colon or TokenKind.Number or TokenKind.Comma) ? IsEcho([row[0]]) :
        row.Length == 1 && row[0].Kind == TokenKind.Name && names.RoleOf(row[0].Name) is NameRole.Parameter or NameRole.State or NameRole.Assigned;

    /// <summary>True where a row returns or requires something that must be computed, or assigns something that has a value at every step.</summary>
    public bool Computes(ImmutableArray<Token> row)
    {
        if (Updates(row))
            return true;
        return ListingWords.Returns(WordAt(row, 0)) && Enumerable.Range(0, row.Length).Any(i => row[i].Kind is TokenKind.Plus or TokenKind.Minus or TokenKind.Divide or TokenKind.Root || (row[i].Kind == TokenKind.Times && !(i > 0 && row[i - 1].Kind is TokenKind.OpenParenthesis or TokenKind.Comma)))
            && !row.Any(token => token.Kind == TokenKind.Prose) && !Enumerable.Range(1, row.Length - 1).Any(i => StartsProse(row, i));
    }

    /// <summary>True where some assignment of a row is to a tensor or a name of the step.</summary>
    public bool Updates(ImmutableArray<Token> row)
    {
        foreach (var part in StatementSplitter.Parts(row, StartsProse))
        {
            if (StatementSplitter.AssignmentIn(part) is >= 0 and var assignment && NameBefore(part, assignment) is { } name && names.RoleOf(name) is NameRole.Parameter or NameRole.Gradient or NameRole.State)
                return true;
        }

        return false;
    }

    /// <summary>The name that stands before an assignment, in its normalised form.</summary>
    public string? NameBefore(ImmutableArray<Token> part, int assignment)
    {
        var start = targetStart(part, assignment);
        return start < 0 ? null : Parser.NameOf(part, start, assignment, names);
    }

    private bool IsTail(ImmutableArray<Token> part, int index)
    {
        var token = part[index];
        if (token.Kind == TokenKind.Comma)
            return (StartsProse(part, index + 1) || SaysWhichSteps(part, index + 1)) && !Assigns(part, index);
        if (token.Kind == TokenKind.OpenParenthesis && part[index - 1].Kind is TokenKind.Plus or TokenKind.Minus or TokenKind.Times or TokenKind.Divide or TokenKind.Root or TokenKind.Caret)
            return false;
        if (token.Kind == TokenKind.OpenParenthesis && Closing(part, index) == part.Length - 1)
            return (part.Length - index > 3 && Enumerable.Range(index + 1, part.Length - index - 2).Any(i => StartsProse(part, i)) && !Assigns(part, index)) || IsRemark(part, index);
        if (token.Kind == TokenKind.Prose)
            return StartsProse(part, index) && (Introduces(token) || IsOnlyProse(part, index)) && !Assigns(part, index);
        if (token.Kind == TokenKind.Assign && StartsProse(part, index + 1))
            return !Assigns(part, index + 1);
        var word = WordAt(part, index);
        if (word != "" && token.Span.Start > part[index - 1].Span.End + 1 && WordAt(part, index + 1) != "" && part[index - 1].Kind is TokenKind.Name or TokenKind.Number or TokenKind.CloseParenthesis or TokenKind.CloseBrace or TokenKind.CloseBracket)
            return !Assigns(part, index);
        var isVerb = word.Length > 3 && ListingWords.IsWord(WordAt(part, index + 1)) && part[index - 1].Kind is TokenKind.Name or TokenKind.Number or TokenKind.CloseParenthesis or TokenKind.CloseBrace or TokenKind.CloseBracket;
        var isOutside = word != "" && token.Text == Token.Outside;
        return (isOutside || ((ListingWords.IsWord(word) || isVerb) && StartsProse(part, index))) && !Assigns(part, index);
    }

    /// <summary><c>(accumulate)</c> apart from the formula before it: a word that is no name.</summary>
    private bool IsRemark(ImmutableArray<Token> part, int open) =>
        part.Length - open == 3 && part[open + 1].Glyphs.Length > 3 && IsWord(part, open + 1) && part[open].Span.Start > part[open - 1].Span.End + (part[open + 1].Glyphs.Length > 5 ? 0 : 1);

    /// <summary><c>n ≥ 0</c>, <c>k ∈ ℕ</c> behind a formula.</summary>
    private bool SaysWhichSteps(ImmutableArray<Token> part, int index) => index + 2 < part.Length && names.Step != "" && part[index].Name == names.Step
        && (part[index + 1].Kind is TokenKind.Less or TokenKind.LessOrEqual or TokenKind.Greater or TokenKind.GreaterOrEqual or TokenKind.NotEqual || part[index + 1] is { Kind: TokenKind.Prose, Text: "∈" });

    /// <summary>True for text behind which names stand that are spoken of; behind other text they could be factors.</summary>
    private static bool Introduces(Token token) => token.Text is "." or "∀" or "—" || token.Text.StartsWith("(", StringComparison.Ordinal)
        || ListingWords.IsWord(new string([.. token.Text.TrimStart(' ', ',').TakeWhile(char.IsLetter)]));

    private static bool IsOnlyProse(ImmutableArray<Token> part, int index) =>
        part.Skip(index).All(token => token.Kind is TokenKind.Prose or TokenKind.Comma or TokenKind.Colon);

    private static int Closing(ImmutableArray<Token> part, int open)
    {
        var depth = 0;
        for (var i = open; i < part.Length; i++)
        {
            depth += BracketDepth.Of(part[i].Kind);
            if (depth == 0)
                return i;
        }

        return -1;
    }

    /// <summary>True where what follows assigns something other than the value of a hyper-parameter.</summary>
    private bool Assigns(ImmutableArray<Token> part, int index)
    {
        for (var i = index; i < part.Length; i++)
        {
            if (StatementSplitter.IsAssignment(part[i].Kind) && (NameBefore(part, i) is not { } name || names.RoleOf(name) is not (NameRole.Hyper or NameRole.Step)))
                return true;
        }

        return false;
    }

    /// <summary>Two letters or more that are no known name and no function, and that carry no script.</summary>
    private bool IsWord(ImmutableArray<Token> tokens, int index)
    {
        var token = tokens[index];
        if (token.Kind != TokenKind.Name || token.Glyphs.Length < 2 || !token.Glyphs.All(glyph => glyph.Text.Length == 1 && IsOfWords(glyph.Text[0])))
            return false;
        if ((index + 1 < tokens.Length && tokens[index + 1].Kind is TokenKind.Underscore or TokenKind.Caret) || IsScript(tokens, index))
            return false;
        return !names.IsKnown(token.Name) && !IsFunction(tokens, index) && (token.Text == Token.Outside || !IsProduct(token));
    }

    private static bool IsScript(ImmutableArray<Token> tokens, int index) => index > 0
        && (tokens[index - 1].Kind == TokenKind.Underscore || (index > 1 && tokens[index - 1].Kind == TokenKind.OpenBrace && tokens[index - 2].Kind is TokenKind.Underscore or TokenKind.Command));

    /// <summary>True for letters of languages; names of quantities are Greek, or one letter.</summary>
    private static bool IsOfWords(char letter) =>
        letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '\u00C0' and <= '\u024F') or (>= '\u0400' and <= '\u052F') or (>= '\u3040' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3');

    private static bool IsFunction(ImmutableArray<Token> tokens, int index) =>
        index + 1 < tokens.Length && tokens[index + 1].Kind == TokenKind.OpenParenthesis && tokens[index + 1].Span.Start == tokens[index].Span.End;

    /// <summary>A run of letters that known names make up without a rest: a product, whatever word it spells.</summary>
    private bool IsProduct(Token token)
    {
        var count = token.Glyphs.Length;
        if (count > LongestProduct)
            return false;
        var reaches = new bool[count + 1];
        reaches[0] = true;
        for (var start = 0; start < count; start++)
        {
            var name = "";
            for (var end = start; reaches[start] && end < count; end++)
            {
                name += token.Glyphs[end].Text;
                reaches[end + 1] |= names.IsKnown(name);
            }
        }

        return reaches[count];
    }

    private const int LongestProduct = 24;

    private static bool IsWhole(Token token) => token.Kind == TokenKind.Number && token.Text.All(char.IsDigit);

    /// <summary><c>(12)</c> at the end of a row, with space before it.</summary>
    private static bool IsEquationNumber(ImmutableArray<Token> row)
    {
        var (before, open, number, close) = (row[row.Length - 4], row[row.Length - 3], row[row.Length - 2], row[row.Length - 1]);
        return open.Kind == TokenKind.OpenParenthesis && number.Kind == TokenKind.Number && number.Text.All(character => char.IsDigit(character) || character == '.') && (IsWhole(number) || open.Span.Start > before.Span.End + 1) && close.Kind == TokenKind.CloseParenthesis
            && open.Span.Start > before.Span.End && !StatementSplitter.IsAssignment(before.Kind)
            && before.Kind is TokenKind.Name or TokenKind.Number or TokenKind.CloseBrace or TokenKind.CloseParenthesis or TokenKind.CloseBracket or TokenKind.Gap or TokenKind.Comma;
    }
}
