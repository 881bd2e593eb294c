namespace OptDsl.Language.Formulas.Syntax;

/// <summary>How a kind of token is written, for messages.</summary>
internal static class TokenText
{
    public static string Of(TokenKind kind) => kind switch
    {
        TokenKind.Plus => "+",
        TokenKind.Minus => "-",
        TokenKind.Times => "·",
        TokenKind.Divide => "/",
        TokenKind.Caret => "^",
        TokenKind.Underscore => "_",
        TokenKind.Root => "√",
        TokenKind.CubeRoot => "∛",
        TokenKind.Nabla => "∇",
        TokenKind.Infinity => "∞",
        TokenKind.OpenParenthesis => "(",
        TokenKind.CloseParenthesis => ")",
        TokenKind.OpenBracket => "[",
        TokenKind.CloseBracket => "]",
        TokenKind.OpenBrace => "{",
        TokenKind.CloseBrace => "}",
        TokenKind.Bar => "|",
        TokenKind.DoubleBar => "‖",
        TokenKind.Comma => ",",
        TokenKind.Question => "?",
        TokenKind.Colon => ":",
        TokenKind.And => "and",
        TokenKind.Or => "or",
        TokenKind.Not => "not",
        TokenKind.Less => "<",
        TokenKind.LessOrEqual => "≤",
        TokenKind.Greater => ">",
        TokenKind.GreaterOrEqual => "≥",
        TokenKind.Equal => "==",
        TokenKind.NotEqual => "≠",
        TokenKind.PlusAssign => "+=",
        TokenKind.MinusAssign => "-=",
        TokenKind.TimesAssign => "*=",
        TokenKind.DivideAssign => "/=",
        _ => "=",
    };
}
