using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using OptDsl.CodeFixes.Edits;
using OptDsl.Generators.Lifting;

namespace OptDsl.CodeFixes.Loops;

/// <summary>Places around a loop where code can be put.</summary>
internal static class LoopPlaces
{
    /// <summary>The outermost of the loops over the elements, where a statement can stand before it.</summary>
    public static StatementSyntax? Outermost(LiftedLoop loop, SyntaxNode root)
    {
        var loops = root.FindNode(loop.Update, getInnermostNodeForTie: true).AncestorsAndSelf().TakeWhile(node => node is not (MemberDeclarationSyntax or LocalFunctionStatementSyntax))
            .OfType<StatementSyntax>().Where(statement => statement is ForStatementSyntax or ForEachStatementSyntax or WhileStatementSyntax).ToList();
        return loops.ElementAtOrDefault(Math.Max(loop.Depth, 1) - 1) is { Parent: BlockSyntax } outer ? outer : null;
    }

    /// <summary>Puts a statement on a line before another.</summary>
    public static TextChange Before(StatementSyntax statement, string code, SourceText text) =>
        new(new TextSpan(statement.SpanStart, 0), code + TextEdits.LineBreak(text) + TextEdits.Indentation(text, statement.SpanStart));

    /// <summary>Declares a field before the method that a node is in; null where there is none in a class.</summary>
    public static TextChange? Field(SyntaxNode node, string type, string nameAndValue, SourceText text)
    {
        if (node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { Parent: ClassDeclarationSyntax } method)
            return null;
        var isStatic = method.Modifiers.Any(SyntaxKind.StaticKeyword) ? "static " : "";
        var line = TextEdits.LineBreak(text);
        return new TextChange(new TextSpan(method.SpanStart, 0), $"private {isStatic}{type} {nameAndValue};{line}{line}{TextEdits.Indentation(text, method.SpanStart)}");
    }

    /// <summary>Removes a statement, with its line where it is alone on it.</summary>
    public static TextChange Remove(StatementSyntax statement, SourceText text)
    {
        var lines = TextSpan.FromBounds(text.Lines.GetLineFromPosition(statement.SpanStart).Start, text.Lines.GetLineFromPosition(statement.Span.End).EndIncludingLineBreak);
        var isAlone = IsBlank(lines.Start, statement.SpanStart) && IsBlank(statement.Span.End, lines.End);
        return new TextChange(isAlone ? lines : statement.Span, "");

        bool IsBlank(int start, int end) => string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(start, end)));
    }
}
