using System.Collections.Immutable;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>
/// Reads one statement or expression by recursive descent. From loosest to tightest: <c>? :</c>, <c>or</c>, <c>and</c>,
/// <c>not</c>, comparisons, <c>+ -</c>, <c>* /</c>, products without a sign, roots and signs, powers.
/// </summary>
internal sealed partial class Parser
{
    /// <summary>Deeper trees are refused, so that no later stage can run out of stack.</summary>
    public const int MaximumDepth = 200;

    /// <summary>Brackets in brackets beyond this are refused: the parser needs more stack for a level than later stages do.</summary>
    private const int MaximumNesting = 48;

    private readonly ImmutableArray<Token> _tokens;
    private readonly ErrorSink _errors;

    /// <summary>In a text with LaTeX commands a script without braces is a single character, as TeX has it.</summary>
    private readonly bool _scriptsAreSingle;

    private Token? _rest;
    private int _index;
    private int _nesting;

    private readonly Vocabulary _names;

    private Parser(ImmutableArray<Token> tokens, string text, Vocabulary names, ErrorSink errors)
        : this(tokens, text, IsLatex(text), names, errors)
    {
    }

    private Parser(ImmutableArray<Token> tokens, string text, bool isLatex, Vocabulary names, ErrorSink errors)
    {
        var last = tokens.Length > 0 ? tokens[tokens.Length - 1].Span.End : text.Length;
        _tokens = tokens.Add(new Token(TokenKind.End, new TextSpan(last, 0)));
        _scriptsAreSingle = isLatex;
        _names = names;
        _errors = errors;
    }

    private string Step => _names.Step;

    /// <summary>Reads a text of statements. A statement that cannot be read is reported and left out; so is, with a note of its place, what is no formula.</summary>
    public static (ImmutableArray<ItemSyntax> Items, ImmutableArray<TextSpan> Skipped) ParseStatements(string text, Vocabulary names, ErrorSink errors)
    {
        var misread = errors.Sibling();
        var tokens = Lexer.Lex(text, misread);
        if (IsLatex(text))
            tokens = PrintedBraces.Remove(tokens, text, misread);
        var blocks = BlockReader.Read(Keywords.Mark(ProgramFunctions.Inline(tokens, text, names)), text, errors);
        var reader = new TextReader(text, names, errors);
        reader.Collect(blocks);
        var items = reader.Read(blocks, isChosen: false, new Queue<FormulaError>(misread.ToImmutable()));
        return (items, [.. reader.Skipped.OrderBy(span => span.Start)]);
    }

    /// <summary>Reads a text that is one expression.</summary>
    public static ExprSyntax? ParseExpressionText(string text, Vocabulary names, ErrorSink errors)
    {
        var tokens = Keywords.Mark(Lexer.Lex(text, errors)).RemoveAll(token => token.Kind is TokenKind.NewLine or TokenKind.Gap or TokenKind.End);
        var parser = new Parser(tokens, text, names, errors);
        try
        {
            var expression = parser.ParseExpression();
            parser.ExpectEnd();
            return expression;
        }
        catch (SyntaxErrorException)
        {
            return null;
        }
    }

    private static bool IsLatex(string text)
    {
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (text[i] == '\\' && char.IsLetter(text[i + 1]))
                return true;
        }

        return false;
    }

    private Token Current => _rest ?? _tokens[_index];

    private Token Next => _tokens[Math.Min(_index + 1, _tokens.Length - 1)];

    private TextSpan Previous => _index > 0 ? _tokens[_index - 1].Span : new TextSpan(Current.Span.Start, 0);

    private NameSyntax? _target;

    private ItemSyntax ParseStatement()
    {
        var start = Current.Span;
        if (ForeignNotation.OfKeyword(Current.Name) is { } advice && !StatementSplitter.IsAssignment(Next.Kind))
            throw Error(start, $"'{Current.Name}' starts no statement here: {advice}");
        if (StatementSplitter.AssignmentIn(_tokens) < 0 && ParseCallStatement() is { } call)
            return call;
        if (!_tokens.Any(token => StatementSplitter.IsAssignment(token.Kind)))
        {
            if (_tokens.FirstOrDefault(token => token.Kind == TokenKind.Equal) is { } equal)
                throw Error(equal.Span, "'==' compares; to assign, write '='", new ReplaceFix("Assign with '='", equal.Span, "="));
            if (_tokens.FirstOrDefault(token => token.Kind == TokenKind.Prose) is { } remark)
                throw Error(remark.Span, ForeignNotation.OfRemark(remark.Text));
            if (Next.Kind is TokenKind.OpenParenthesis or TokenKind.Underscore && CalleeOf(_tokens) is { Length: > 2 } callee && Functions.Find(callee) is null && !_names.IsKnown(callee) && _tokens.Length > 3 && _tokens[_tokens.Length - 2].Kind == TokenKind.CloseParenthesis)
                throw Error(TextSpan.Cover(start, _tokens[_tokens.Length - 2].Span), $"this calls '{callee}', of which formulas do not know what it changes; write what it assigns, as in 'v = μv + g', or leave the line out");
            throw Error(
                TextSpan.Cover(start, _tokens[_tokens.Length - 1].Span),
                "a statement assigns a value to a name, as in 'v = μv + g'; here nothing is assigned; write the name and '=' before it, or '#' before words");
        }

        _target = ParseTarget();
        if (_names.RoleOf(_target.Key(Step)) == NameRole.Helper && Current.Kind == TokenKind.Assign && OpeningOf(_tokens, _index - 1) is > 0 and var open)
            return ParseHelper(start, _target, open);
        var @operator = ParseAssignment();
        var value = ParseExpression();
        ExpectEnd();
        RefuseSeveral(value);
        CheckChanged(_target);
        var span = TextSpan.Cover(start, value.Span);
        return _assignsSquare ? new StatementSyntax(span, _target, null, RootOf(_target, @operator, value)) : new StatementSyntax(span, _target, @operator, value);
    }

    /// <summary>The function that a statement defines, from its sign of assignment on.</summary>
    private HelperSyntax ParseHelper(TextSpan start, NameSyntax target, int open)
    {
        var assignment = _index;
        MoveTo(open + 1);
        var parameters = ImmutableArray.CreateBuilder<NameSyntax>();
        while (_index < assignment - 1)
        {
            parameters.Add(ParseWholeName().Name);
            if (Current.Kind == TokenKind.Comma)
                Advance();
        }

        var inside = new Parser(_tokens.RemoveAt(_tokens.Length - 1), "", _scriptsAreSingle, _names.Inside(parameters.Select(parameter => parameter.Key(Step))), _errors);
        inside.MoveTo(assignment + 1);
        var value = inside.ParseExpression();
        inside.ExpectEnd();
        return new HelperSyntax(TextSpan.Cover(start, value.Span), target, parameters.ToImmutable(), value);
    }

    private NameSyntax ParseTarget()
    {
        var assignment = StatementSplitter.AssignmentIn(_tokens);
        if (assignment > 0 && ReadWholeName(ImmutableArray.Create(_tokens, 0, assignment), _scriptsAreSingle, _names) is { } whole)
        {
            MoveTo(assignment);
            return WithoutSquare(whole.Name);
        }

        if (Current.Kind == TokenKind.Nabla && assignment > 0 && _tokens.Skip(assignment).Any(token => token.Kind == TokenKind.Nabla) && MirrorMap() is { } map)
        {
            throw Error(
                TextSpan.Cover(Current.Span, _tokens[assignment - 1].Span),
                $"'∇{map}' is a mirror map, and the left side of an assignment is a name; solve for the name, with what the inverse of ∇{map} computes: for the entropy 'y = x·exp(-ηg)', for half the square of the norm 'y = x - ηg'");
        }

        var target = ParsePrefix();
        var end = _tokens.First(token => StatementSplitter.IsAssignment(token.Kind)).Span.Start;
        var span = TrimEnd(TextSpan.FromBounds(target.Span.Start, Math.Max(target.Span.End, end)));
        throw Error(span, $"the left side of an assignment must be a single name; {WhyNoName(assignment)}");
    }

    /// <summary>True where the square of the target is assigned.</summary>
    private bool _assignsSquare;

    /// <summary><c>b_t^2 = …</c>, where b is a state: what is kept is b, the root of the value.</summary>
    private NameSyntax WithoutSquare(NameSyntax target)
    {
        if (target.Subscripts.FirstOrDefault(part => part.Text == "^2") is not { } square || target with { Subscripts = target.Subscripts.Remove(square) } is not { } bare || _names.RoleOf(target.Key(Step)) == NameRole.State)
            return target;
        if (_names.RoleOf(bare.Key(Step)) == NameRole.Parameter)
            throw Error(target.Span, $"this assigns a square, and the parameter is '{bare.Letters}' itself; write its value, {bare.Letters} = √(…)");
        _assignsSquare = _names.RoleOf(bare.Key(Step)) == NameRole.State;
        return _assignsSquare ? bare : target;
    }

    /// <summary>The value of a name of which the square is assigned.</summary>
    private RootSyntax RootOf(NameSyntax target, Op? @operator, ExprSyntax value)
    {
        if (@operator is { } op)
            value = Checked(new BinarySyntax(value.Span, op, new PowerSyntax(target.Span, target, new NumberSyntax(target.Span, 2)), new GroupSyntax(value.Span, value)));
        return Checked(new RootSyntax(value.Span, value, null));
    }

    /// <summary>The function behind ∇ on the left of an assignment, where it is no loss.</summary>
    private string? MirrorMap() => Next.Kind == TokenKind.Name && !ForeignNotation.IsLoss(Next.Name) && LatexLetter(Next.Name) ? Next.Name : null;

    private static bool LatexLetter(string name) => name is "Φ" or "φ" or "ψ" or "Ψ" or "ω" or "Ω" or "ϕ" or "h" or "R" or "H";

    /// <summary>What to do about a left side that is more than a name.</summary>
    private string WhyNoName(int assignment)
    {
        var left = ImmutableArray.Create(_tokens, 0, Math.Max(0, assignment));
        if (left.Any(token => token.Kind == TokenKind.Comma))
            return "assign one name after the other, each in a statement of its own";
        if (left.Any(token => token.Kind is TokenKind.Nabla or TokenKind.Partial))
            return $"the caller computes the gradient, and formulas call it '{_names.Gradient}'";
        if (left.Length >= 2 && Step != "" && left[1].Name == Step && left[0].Kind == TokenKind.Name && _names.IsKnown(left[0].Name))
            return $"if subscripts were lost in copying, write {left[0].Name}_{{{string.Concat(left.Skip(1).Select(token => token.Kind == TokenKind.Name ? token.Name : token.Kind == TokenKind.Number ? token.Text : TokenText.Of(token.Kind)))}}}, and the others alike";
        if (left.Any(token => token.Kind is TokenKind.Plus or TokenKind.Minus) && Step != "" && left[0].Name.EndsWith(Step, StringComparison.Ordinal))
            return $"if its subscript was lost in copying, write {left[0].Name.Substring(0, left[0].Name.Length - Step.Length)}_{{{string.Concat(left.Select(token => token.Kind == TokenKind.Name ? Step : token.Kind == TokenKind.Number ? token.Text : TokenText.Of(token.Kind)))}}}";
        if (left.Length > 0 && left[0].Kind == TokenKind.OpenBracket)
            return "a function of the text is written as it is of one number, with all that it depends on in its brackets, as in S(x, λ) = …";
        if (left.Any(token => token.Kind == TokenKind.OpenParenthesis))
            return "what a function's value is called is a name by itself";
        return "bring everything else to the right side";
    }

    private TextSpan TrimEnd(TextSpan span)
    {
        var last = _tokens.LastOrDefault(token => token.Span.Length > 0 && token.Span.End <= span.End && token.Span.Start >= span.Start);
        return last is null ? span : TextSpan.FromBounds(span.Start, last.Span.End);
    }

    private Op? ParseAssignment()
    {
        var kind = Current.Kind;
        Advance();
        return kind switch
        {
            TokenKind.PlusAssign => Op.Add,
            TokenKind.MinusAssign => Op.Subtract,
            TokenKind.TimesAssign => Op.Multiply,
            TokenKind.DivideAssign => Op.Divide,
            _ => null,
        };
    }

    private void ExpectEnd()
    {
        if (Current.Kind == TokenKind.End)
            return;
        if (StatementSplitter.IsAssignment(Current.Kind))
        {
            var equal = Current.Kind == TokenKind.Assign
                ? new FormulaFix[] { new ReplaceFix("Compare with '=='", Current.Span, "==") } : [];
            throw Error(Current.Span, "a statement assigns once; to compare, write '==', and the next statement on a line of its own or after ';'", equal);
        }

        if (ClosingOf(Current.Kind) is { } closing)
            throw Error(Current.Span, $"'{closing}' closes nothing", new ReplaceFix($"Remove '{closing}'", Current.Span, ""));
        if (Current.Kind == TokenKind.Prose)
            throw Error(Current.Span, ForeignNotation.OfRemark(Current.Text));
        if (Current.Kind == TokenKind.Comma && _tokens.Skip(_index).FirstOrDefault(token => token.Kind == TokenKind.Prose) is { Text: "∼" } drawn)
            throw Error(TextSpan.Cover(Next.Span, drawn.Span), $"what is drawn from a distribution is random: {ForeignNotation.Noise}");
        if (Current.Kind == TokenKind.Comma)
            throw Error(Current.Span, "a comma sets apart assignments, or the arguments of a function; what follows this one assigns nothing; put words behind '#'");
        throw Error(Current.Span, $"found {Describe(Current)}; an operator or the end of the statement should stand here");
    }

    private static string? ClosingOf(TokenKind kind) => kind switch
    {
        TokenKind.CloseParenthesis => ")",
        TokenKind.CloseBracket => "]",
        TokenKind.CloseBrace => "}",
        _ => null,
    };

    private void Expect(TokenKind kind, string text)
    {
        if (Current.Kind == kind)
        {
            Advance();
            return;
        }

        var place = new TextSpan(Previous.End, 0);
        var shown = Current.Kind == TokenKind.End ? Previous : Current.Span;
        throw Error(shown, $"expected '{text}', found {Describe(Current)}", new ReplaceFix($"Insert '{text}'", place, text));
    }

    private static string Describe(Token token) => token.Kind switch
    {
        TokenKind.End => "the end of the statement",
        TokenKind.Name => $"'{token.Name}'",
        TokenKind.Number => token.Text,
        TokenKind.Command => $"\\{token.Text}",
        TokenKind.Member => $"'.{token.Text}'",
        TokenKind.Key => $"'{token.Text}'",
        TokenKind.Keyword => $"'{token.Text.TrimEnd('{')}'",
        _ => $"'{TokenText.Of(token.Kind)}'",
    };

    private void Advance()
    {
        _rest = null;
        if (_index < _tokens.Length - 1)
            _index++;
    }

    private SyntaxErrorException Error(TextSpan span, string message, params FormulaFix[] fixes)
    {
        _errors.Syntax(span, message, fixes);
        return new SyntaxErrorException();
    }

    /// <summary>Refuses to recurse too deeply.</summary>
    private T Nested<T>(Func<T> parse)
    {
        if (_nesting == MaximumNesting)
            throw TooDeep(Current.Span);
        _nesting++;
        var result = parse();
        _nesting--;
        return result;
    }

    /// <summary>Refuses a tree that is too deep for the stages after this one.</summary>
    private T Checked<T>(T node)
        where T : ExprSyntax => node.Depth <= MaximumDepth ? node : throw TooDeep(node.Span);

    private SyntaxErrorException TooDeep(TextSpan span) => Error(span, "this formula is nested too deeply; split it into statements");

    private sealed class SyntaxErrorException : Exception;
}
