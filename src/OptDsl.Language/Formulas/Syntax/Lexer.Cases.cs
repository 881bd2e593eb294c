namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part of the lexer that reads tables of cases, whose rows and columns mean something.</summary>
internal sealed partial class Lexer
{
    private static readonly string[] CasesEnvironments = ["{cases}", "{dcases}", "{rcases}", "{cases*}", "{dcases*}"];

    private static readonly string[] TableEnvironments = ["{array}", "{aligned}", "{matrix}", "{alignedat}"];

    /// <summary>The environments that are open, and whether each ends with a delimiter that draws nothing.</summary>
    private readonly Stack<(string Environment, bool IsDelimited)> _cases = new();

    /// <summary>Reads <c>\begin{cases}</c>.</summary>
    private bool TryOpenCases(int start)
    {
        if (CasesEnvironments.FirstOrDefault(name => StartsWith(_position, name)) is not { } environment)
            return false;
        OpenCases(start, environment, isDelimited: false);
        return true;
    }

    /// <summary>Reads <c>\left\{ \begin{array}{ll}</c>, which is drawn as cases are.</summary>
    private bool TryOpenTable()
    {
        if (_delimiterStart is not { } start)
            return false;
        var position = _position + 2;
        while (position < _text.Length && char.IsWhiteSpace(_text[position]))
            position++;
        const string Begin = @"\begin";
        if (!StartsWith(position, Begin) || TableEnvironments.FirstOrDefault(name => StartsWith(position + Begin.Length, name)) is not { } environment)
            return false;
        _position = position + Begin.Length;
        OpenCases(start, environment, isDelimited: true);
        return true;
    }

    private void OpenCases(int start, string environment, bool isDelimited)
    {
        _delimiterStart = null;
        _cases.Push((environment, isDelimited));
        _position += environment.Length;
        if (isDelimited)
            SkipArgument();
        _tokens.Add(new Token(TokenKind.CasesOpen, TextSpan.FromBounds(start, _position)));
    }

    /// <summary>Reads what has a meaning of its own between <c>\begin{cases}</c> and <c>\end{cases}</c>.</summary>
    private bool TryLexInCases()
    {
        var (environment, isDelimited) = _cases.Peek();
        if (LineEnds.IsLineEnd(Current))
        {
            _position++;
        }
        else if (Current == '&')
        {
            Add(TokenKind.Ampersand, 1);
        }
        else if (Current == '=' && Peek(1) != '=')
        {
            Add(TokenKind.Equal, 1);
        }
        else if (StartsWith(_position, @"\\"))
        {
            Add(TokenKind.RowEnd, 2);
            if (Current == '[')
                SkipPast(']');
        }
        else if (StartsWith(_position, @"\end" + environment))
        {
            _cases.Pop();
            Add(TokenKind.CasesClose, @"\end".Length + environment.Length);
            if (isDelimited)
                SkipRightDelimiter();
        }
        else
        {
            return false;
        }

        return true;
    }

    private void SkipRightDelimiter()
    {
        const string Right = @"\right.";
        var position = _position;
        while (position < _text.Length && char.IsWhiteSpace(_text[position]))
            position++;
        if (StartsWith(position, Right))
            _position = position + Right.Length;
    }
}
