using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using FormulaSpan = OptDsl.Language.Formulas.TextSpan;

namespace OptDsl.Generators.Literals;

/// <summary>
/// A string literal in the source, as a two-way map between positions in its value, where formula errors are, and positions
/// in the file, where the editor shows and mends them.
/// </summary>
internal sealed class FormulaLiteral
{
    private readonly SyntaxToken _token;
    private readonly DecodedLiteral _decoded;

    private FormulaLiteral(SyntaxToken token, DecodedLiteral decoded)
    {
        _token = token;
        _decoded = decoded;
    }

    /// <summary>The literal that an expression is, or null for one that is composed of several or refers to a constant.</summary>
    public static FormulaLiteral? TryRead(ExpressionSyntax? expression)
    {
        while (expression is ParenthesizedExpressionSyntax parentheses)
            expression = parentheses.Expression;
        if (expression is not LiteralExpressionSyntax { ContainsDiagnostics: false, Token: { Text: { Length: >= 2 } text } token })
            return null;

        var decoded = token.Kind() switch
        {
            SyntaxKind.StringLiteralToken => text[0] == '@' ? DecodedLiteral.Verbatim(text) : DecodedLiteral.Regular(text),
            SyntaxKind.SingleLineRawStringLiteralToken => DecodedLiteral.RawSingleLine(text),
            SyntaxKind.MultiLineRawStringLiteralToken => DecodedLiteral.RawMultiLine(text),
            _ => null,
        };
        return decoded is not null && decoded.Value == token.ValueText ? new FormulaLiteral(token, decoded) : null;
    }

    /// <summary>How many characters the value has.</summary>
    public int Length => _decoded.Value.Length;

    /// <summary>Characters of the value.</summary>
    public string Text(FormulaSpan span) => _decoded.Value.Substring(span.Start, span.Length);

    /// <summary>Where characters of the value stand in the file.</summary>
    public TextSpan Locate(FormulaSpan span)
    {
        var relative = Relative(span);
        return new TextSpan(_token.SpanStart + relative.Start, relative.Length);
    }

    /// <summary>The edit of the file that replaces characters of the value, written as this kind of literal writes them.</summary>
    public TextChange Replace(FormulaSpan span, string newText)
    {
        var value = _token.ValueText;
        var newValue = value.Substring(0, span.Start) + newText + value.Substring(span.End);
        var relative = Relative(span);
        var written = Write(newText);
        var newToken = _token.Text.Substring(0, relative.Start) + written + _token.Text.Substring(relative.End);
        return SyntaxFactory.ParseExpression(newToken) is LiteralExpressionSyntax { ContainsDiagnostics: false } literal
            && literal.FullSpan.Length == newToken.Length && SameLines(literal.Token.ValueText, newValue)
                ? new TextChange(Locate(span), written)
                : new TextChange(_token.Span, SymbolDisplay.FormatLiteral(newValue, quote: true));
    }

    private TextSpan Relative(FormulaSpan span)
    {
        var length = _decoded.Value.Length;
        var start = Math.Min(span.Start, length);
        var end = Math.Min(span.End, length);
        if (start < end)
            return TextSpan.FromBounds(_decoded.Start(start), _decoded.End(end - 1));
        if (start < length)
            return new TextSpan(_decoded.Start(start), 0);
        return new TextSpan(length > 0 ? _decoded.End(length - 1) : _decoded.ContentStart, 0);
    }

    private string Write(string text)
    {
        var lineBreak = _token.Text.Contains("\r\n") ? "\r\n" : "\n";
        return _token.Kind() switch
        {
            SyntaxKind.MultiLineRawStringLiteralToken => text.Replace("\n", lineBreak + Indentation()),
            SyntaxKind.SingleLineRawStringLiteralToken => text,
            _ when _token.Text[0] == '@' => text.Replace("\"", "\"\"").Replace("\n", lineBreak),
            _ => Escape(text),
        };
    }

    private string Indentation()
    {
        var closing = _token.Text.TrimEnd('"');
        return closing.Substring(closing.LastIndexOf('\n') + 1);
    }

    private static string Escape(string text)
    {
        var written = new StringBuilder();
        foreach (var c in text)
        {
            written.Append(c switch
            {
                '\\' => @"\\",
                '"' => "\\\"",
                '\n' => @"\n",
                '\r' => @"\r",
                '\t' => @"\t",
                < ' ' or '\u007f' or '\u0085' or '\u2028' or '\u2029' => $@"\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }

        return written.ToString();
    }

    /// <summary>Equal but for the kind of line break, which a literal takes from its file.</summary>
    private static bool SameLines(string left, string right) => left.Replace("\r\n", "\n") == right.Replace("\r\n", "\n");
}
