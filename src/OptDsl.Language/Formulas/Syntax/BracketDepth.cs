namespace OptDsl.Language.Formulas.Syntax;

/// <summary>How a token changes the number of open brackets.</summary>
internal static class BracketDepth
{
    public static int Of(TokenKind kind) => kind switch
    {
        TokenKind.OpenParenthesis or TokenKind.OpenBracket or TokenKind.OpenBrace or TokenKind.OpenAngle or TokenKind.CasesOpen => 1,
        TokenKind.CloseParenthesis or TokenKind.CloseBracket or TokenKind.CloseBrace or TokenKind.CloseAngle or TokenKind.CasesClose => -1,
        _ => 0,
    };
}
