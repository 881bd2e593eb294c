using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>A lexical unit of a formula. Layout (spaces, <c>&amp;</c>, <c>\left</c>, comments) leaves no token.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Span">Its characters.</param>
/// <param name="Glyphs">The letters of a name.</param>
/// <param name="Text">The digits of a number, or the name of a command.</param>
internal sealed record Token(TokenKind Kind, TextSpan Span, ImmutableArray<Glyph> Glyphs, string Text)
{
    public Token(TokenKind kind, TextSpan span, string text = "")
        : this(kind, span, [], text)
    {
    }

    /// <summary>What a name is that stands outside of the dollar signs of its line: a word, unless it is declared.</summary>
    public const string Outside = "outside";

    /// <summary>The sign of a product of elements, also where matrices meet.</summary>
    public const string Circle = "⊙";

    /// <summary>The sign of a product that array libraries take element by element and authors of any product.</summary>
    public const string Star = "*";

    /// <summary>The sign of an inner product in textbooks, and of any product elsewhere.</summary>
    public const string Dot = "·";

    /// <summary>What the sign of a product says about matrices; empty for one that says nothing.</summary>
    public static string SignOfTimes(char sign) => sign switch
    {
        '∘' or '⊙' or '⨀' or '◦' => Circle,
        '*' or '∗' => Star,
        '·' or '⋅' or '•' or '∙' => Dot,
        _ => "",
    };

    /// <summary>The letters of a name in one string.</summary>
    public string Name => Glyphs.Length == 1 ? Glyphs[0].Text : string.Concat(Glyphs.Select(glyph => glyph.Text));
}

/// <summary>
/// One letter of a name with all that is written on it: combining marks, digits, primes. Runs of letters are split between
/// glyphs only.
/// </summary>
/// <param name="Text">The normalised characters.</param>
/// <param name="Span">Where it stands.</param>
internal readonly record struct Glyph(string Text, TextSpan Span);

internal enum TokenKind
{
    Name,
    Number,

    /// <summary>A LaTeX command that takes arguments, such as <c>\frac</c>; <see cref="Token.Text"/> is its name.</summary>
    Command,

    /// <summary>What a program writes behind a point; <see cref="Token.Text"/> is its name.</summary>
    Member,

    /// <summary>A key in quotation marks within brackets.</summary>
    Key,

    Plus,
    Minus,
    Times,

    /// <summary>The <c>@</c> of a product of matrices.</summary>
    MatrixTimes,
    Divide,

    /// <summary>Opens an exponent or a time index: <c>^</c>, <c>**</c>, or the start of a run like <c>ᵗ⁻¹</c>.</summary>
    Caret,

    /// <summary>Opens a subscript: <c>_</c>, or the start of a run like <c>ₜ₋₁</c>.</summary>
    Underscore,
    Root,
    CubeRoot,
    Nabla,

    /// <summary>The <c>∂</c> of <c>∂L/∂w</c>.</summary>
    Partial,
    Infinity,
    OpenParenthesis,
    CloseParenthesis,
    OpenBracket,
    CloseBracket,
    OpenBrace,
    CloseBrace,
    OpenAngle,
    CloseAngle,
    Bar,
    DoubleBar,
    Comma,
    Question,
    Colon,
    And,
    Or,
    Not,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
    Assign,
    PlusAssign,
    MinusAssign,
    TimesAssign,
    DivideAssign,

    /// <summary>Words that no formula can contain; <see cref="Token.Text"/> is what they say.</summary>
    Prose,

    /// <summary>A wide space, which may set assignments on one line apart.</summary>
    Gap,

    /// <summary>A word of a choice; <see cref="Token.Text"/> is one of <see cref="Keywords"/>.</summary>
    Keyword,

    /// <summary>Opens a table of cases: <c>\begin{cases}</c>.</summary>
    CasesOpen,
    CasesClose,

    /// <summary>Sets the columns of cases apart.</summary>
    Ampersand,

    /// <summary>Sets the rows of cases apart.</summary>
    RowEnd,

    /// <summary>The end of a line, or a semicolon.</summary>
    NewLine,
    End,
}
