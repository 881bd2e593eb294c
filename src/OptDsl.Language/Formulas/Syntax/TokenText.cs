using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>How a kind of token is written, for messages.</summary>
internal static class TokenText
{
    public static string Of(TokenKind kind) => Operator(kind) is { } op ? OperationTable.Of(op).Sign!.Unicode : kind switch
    {
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
        TokenKind.OpenAngle => "⟨",
        TokenKind.CloseAngle => "⟩",
        TokenKind.Partial => "∂",
        TokenKind.Bar => "|",
        TokenKind.DoubleBar => "‖",
        TokenKind.Comma => ",",
        TokenKind.Question => "?",
        TokenKind.Colon => ":",
        TokenKind.Not => "not",
        TokenKind.PlusAssign => "+=",
        TokenKind.MinusAssign => "-=",
        TokenKind.TimesAssign => "*=",
        TokenKind.DivideAssign => "/=",
        TokenKind.CasesOpen => "\\begin{cases}",
        TokenKind.CasesClose => "\\end{cases}",
        TokenKind.Ampersand => "&",
        TokenKind.RowEnd => "\\\\",
        _ => "=",
    };

    /// <summary>The operation that stands between two values; null for what is no sign of one.</summary>
    public static Op? Operator(TokenKind kind) => kind switch
    {
        TokenKind.Plus => Op.Add,
        TokenKind.Minus => Op.Subtract,
        TokenKind.Times => Op.Multiply,
        TokenKind.MatrixTimes => Op.MatrixProduct,
        TokenKind.Divide => Op.Divide,
        TokenKind.Less => Op.Less,
        TokenKind.LessOrEqual => Op.LessOrEqual,
        TokenKind.Greater => Op.Greater,
        TokenKind.GreaterOrEqual => Op.GreaterOrEqual,
        TokenKind.Equal => Op.Equal,
        TokenKind.NotEqual => Op.NotEqual,
        TokenKind.And => Op.And,
        TokenKind.Or => Op.Or,
        _ => null,
    };
}
