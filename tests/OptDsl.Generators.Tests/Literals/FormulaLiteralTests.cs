using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using OptDsl.Generators.Literals;
using FormulaSpan = OptDsl.Language.Formulas.TextSpan;

namespace OptDsl.Generators.Tests.Literals;

/// <summary>Positions in the value of a literal and in its text, in every kind of literal, there and back.</summary>
public sealed class FormulaLiteralTests
{
    private const string Quotes = "\"\"\"";

    // Each literal with a part of its value and the text that stands for that part.
    public static TheoryData<string, string, string> Literals => new()
    {
        { "\"v = μv + g\"", "μv", "μv" },
        { "\"v = \\u03BCv + g\"", "μ", "\\u03BC" },
        { "\"v = \\U000003BCv + g\"", "μv", "\\U000003BCv" },
        { "\"v = \\x3BCv + g\"", "μ", "\\x3BC" },
        { "\"v = \\x41v + g\"", "Av", "\\x41v" },
        { "\"a\\tb\\nc = \\\\beta\"", "c", "c" },
        { "\"a\\tb\\nc = \\\\beta\"", "\\beta", "\\\\beta" },
        { "\"a\\nb\"", "\n", "\\n" },
        { "\"\\'\\\"\\0\\a\\b\\e\\f\\r\\vx\"", "x", "x" },
        { "\"m\u0302 = m\"", "\u0302", "\u0302" },
        { "\"m\u0302 = m\"", "= m", "= m" },
        { "\"𝛽 + x\"", "𝛽", "𝛽" },
        { "\"𝛽 + x\"", "x", "x" },
        { "\"\\U0001D6FD + x\"", "𝛽", "\\U0001D6FD" },
        { "\"\\U0001D6FD + x\"", "+ x", "+ x" },
        { "\"\\uD835\\uDEFD + x\"", "𝛽", "\\uD835\\uDEFD" },
        { "@\"a \"\"b\"\" \\beta\"", "b\"", "b\"\"" },
        { "@\"a \"\"b\"\" \\beta\"", "\\beta", "\\beta" },
        { "@\"a\n  b\"", "b", "b" },
        { "@\"a\r\n  b\"", "b", "b" },
        { $"{Quotes}a \"b\" \\beta{Quotes}", "\"b", "\"b" },
        { $"{Quotes}a \"b\" \\beta{Quotes}", "beta", "beta" },
        { $"{Quotes}\"a {Quotes} b{Quotes}\"", "b", "b" },
        { $"{Quotes}\n    v = μv\n    W = W\n    {Quotes}", "W = W", "W = W" },
        { $"{Quotes}\r\n    v = μv\r\n    W = W\r\n    {Quotes}", "W = W", "W = W" },
        { $"{Quotes}\n    v = μv\n    W = W\n    {Quotes}", "v\nW", "v\n    W" },
        { $"{Quotes}\n\tv = μv\n\n\n\t  W = W\n\t{Quotes}", "  W", "  W" },
        { $"{Quotes}\n    v = μv\n  \n    W = W\n    {Quotes}", "W = W", "W = W" },
        { $"{Quotes}\nv\n  W\n{Quotes}", "  W", "  W" },
        { $"{Quotes}   \n    v = 𝛽m\u0302\n    {Quotes}", "m\u0302", "m\u0302" },
        { "(\"v = μ\")", "μ", "μ" },
    };

    [Theory]
    [MemberData(nameof(Literals))]
    public void Locate_finds_the_characters_of_a_part(string literal, string part, string text)
    {
        var (source, read) = Read(literal);
        var value = Value(literal);
        var span = new FormulaSpan(value.IndexOf(part, StringComparison.Ordinal), part.Length);
        Assert.Equal(text, source.Substring(read.Locate(span).Start, read.Locate(span).Length));
    }

    [Theory]
    [MemberData(nameof(Literals))]
    public void Locate_finds_every_position_in_order(string literal, string part, string text)
    {
        var (source, read) = Read(literal);
        var value = Value(literal);
        var at = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var one = read.Locate(new FormulaSpan(i, 1));
            Assert.True(one.Start >= at && one.Length > 0 && one.End <= source.Length);
            Assert.Equal(one.Start, read.Locate(new FormulaSpan(i, 0)).Start);
            at = one.Start;
        }

        var end = read.Locate(new FormulaSpan(value.Length, 0));
        Assert.Equal(read.Locate(new FormulaSpan(value.Length - 1, 1)).End, end.Start);
        Assert.Equal(end, read.Locate(new FormulaSpan(value.Length + 7, 3)));
        Assert.Contains(part, value, StringComparison.Ordinal);
        Assert.Contains(text, source, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Literals))]
    public void Replace_edits_the_value(string literal, string part, string text)
    {
        _ = text;
        foreach (var newText in (string[])["", "x", "β₁²", "\\beta", "\"q\"", "a\nb", "A1", "\u0001", "{", "𝛽", "''"])
            AssertReplaces(literal, part, newText);
    }

    [Theory]
    [InlineData("\"v = μv\"", "μ", "β\\\"\n", "\"v = β\\\\\\\"\\nv\"")]
    [InlineData("@\"v = μv\"", "μ", "\"\\β", "@\"v = \"\"\\βv\"")]
    [InlineData("\"\"\"v = μv\"\"\"", "μ", "\\β", "\"\"\"v = \\βv\"\"\"")]
    [InlineData("\"\"\"v = μv\"\"\"", "μv", "a\nb", "\"v = a\\nb\"")]
    [InlineData("\"\"\"v = μv\"\"\"", "μv", "\"\"\"", "\"v = \\\"\\\"\\\"\"")]
    [InlineData("\"\"\"v\"\"\"", "v", "", "\"\"")]
    [InlineData("\"\\x3 + v\"", " + ", "a", "\"\\u0003av\"")]
    [InlineData("\"\"\"\n    v = μv\n    \"\"\"", "μv", "a\nb", "\"\"\"\n    v = a\n    b\n    \"\"\"")]
    [InlineData("\"\"\"\r\n    v = μv\r\n    \"\"\"", "μv", "a\nb", "\"\"\"\r\n    v = a\r\n    b\r\n    \"\"\"")]
    public void Replace_writes_as_the_kind_of_literal_demands(string literal, string part, string newText, string expected)
    {
        var (source, read) = Read(literal);
        var change = read.Replace(new FormulaSpan(Value(literal).IndexOf(part, StringComparison.Ordinal), part.Length), newText);
        Assert.Equal($"_ = {expected};", SourceText.From(source).WithChanges(change).ToString());
    }

    [Theory]
    [InlineData("\"a\" + \"b\"")]
    [InlineData("nameof(System)")]
    [InlineData("Constant")]
    [InlineData("$\"a\"")]
    [InlineData("$\"\"\"a\"\"\"")]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("\"a\"u8")]
    [InlineData("\"unclosed")]
    [InlineData("\"bad \\q escape\"")]
    [InlineData("\"bad \\u12\"")]
    [InlineData("\"bad \\UFFFFFFFF\"")]
    public void TryRead_leaves_everything_else_alone(string expression) =>
        Assert.Null(FormulaLiteral.TryRead(SyntaxFactory.ParseExpression(expression)));

    private static void AssertReplaces(string literal, string part, string newText)
    {
        var (source, read) = Read(literal);
        var value = Value(literal);
        var start = value.IndexOf(part, StringComparison.Ordinal);
        var changed = SourceText.From(source).WithChanges(read.Replace(new FormulaSpan(start, part.Length), newText)).ToString();
        var newLiteral = changed["_ = ".Length..^1];
        var expected = value[..start] + newText + value[(start + part.Length)..];
        Assert.Equal(Lines(expected), Lines(Value(newLiteral)));
    }

    private static string Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    private static (string Source, FormulaLiteral Literal) Read(string literal)
    {
        var source = $"_ = {literal};";
        var statement = (GlobalStatementSyntax)CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken)
            .GetCompilationUnitRoot(TestContext.Current.CancellationToken).Members.Single();
        var assignment = (AssignmentExpressionSyntax)((ExpressionStatementSyntax)statement.Statement).Expression;
        var read = FormulaLiteral.TryRead(assignment.Right);
        Assert.NotNull(read);
        return (source, read);
    }

    private static string Value(string literal)
    {
        var expression = SyntaxFactory.ParseExpression(literal);
        Assert.Empty(expression.GetDiagnostics());
        return expression.DescendantTokens().Single(token => token.IsKind(SyntaxKind.StringLiteralToken)
            || token.IsKind(SyntaxKind.SingleLineRawStringLiteralToken) || token.IsKind(SyntaxKind.MultiLineRawStringLiteralToken)).ValueText;
    }
}
