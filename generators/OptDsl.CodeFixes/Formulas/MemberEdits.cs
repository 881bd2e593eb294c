using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using OptDsl.CodeFixes.Edits;
using OptDsl.Language.Formulas.Binding;

namespace OptDsl.CodeFixes.Formulas;

/// <summary>Edits that declare what a formula names.</summary>
internal static class MemberEdits
{
    /// <summary>Adds a <c>[Hyper]</c> property after those that are there, or makes one of what is a plain property of such a name.</summary>
    public static TextChange DeclareHyper(TypeDeclarationSyntax type, AttributeSyntax rule, string symbol, string property, double? value, SourceText text)
    {
        if (type.Members.OfType<PropertyDeclarationSyntax>().FirstOrDefault(plain => IsFree(plain) && UsualNames.AreOne(plain.Identifier.ValueText, symbol)) is { } unmarked)
            return new TextChange(new TextSpan(unmarked.Modifiers.Count > 0 ? unmarked.Modifiers[0].SpanStart : unmarked.Type.SpanStart, 0), $"[{Attribute(rule, "Hyper", symbol)}] ");
        var initialiser = value is { } number ? $" = {number.ToString("0.###e0", CultureInfo.InvariantCulture)};" : "";
        var lineBreak = TextEdits.LineBreak(text);
        var outer = TextEdits.Indentation(text, type.Keyword.SpanStart);
        var indentation = type.Members.Count > 0 && StartsLine(type.Members[0].SpanStart, text)
            ? TextEdits.Indentation(text, type.Members[0].SpanStart)
            : outer + "    ";
        var lines = $"{indentation}/// <summary>The hyper-parameter {symbol}.</summary>{lineBreak}"
            + $"{indentation}[{Attribute(rule, "Hyper", symbol)}] public double {property} {{ get; set; }}{initialiser}";

        if (type.OpenBraceToken.IsKind(SyntaxKind.None))
            return new TextChange(type.SemicolonToken.Span, $"{lineBreak}{outer}{{{lineBreak}{lines}{lineBreak}{outer}}}");
        if (type.Members.OfType<PropertyDeclarationSyntax>().LastOrDefault(IsHyper) is { } last)
            return new TextChange(new TextSpan(last.Span.End, 0), $"{lineBreak}{lineBreak}{lines}");
        var following = type.OpenBraceToken.GetNextToken();
        var rest = following == type.CloseBraceToken
            ? EndsLine(type.OpenBraceToken.Span.End, text) ? "" : $"{lineBreak}{outer}"
            : lineBreak;
        return new TextChange(new TextSpan(type.OpenBraceToken.Span.End, 0), $"{lineBreak}{lines}{rest}");
    }

    /// <summary>Removes a property with its documentation and the line break that set it apart.</summary>
    public static TextChange? RemoveProperty(TypeDeclarationSyntax type, string name, SourceText text)
    {
        if (type.Members.OfType<PropertyDeclarationSyntax>().FirstOrDefault(property => property.Identifier.ValueText == name) is not { } found)
            return null;
        var first = text.Lines.GetLineFromPosition(found.GetLeadingTrivia().FirstOrDefault(trivia => !trivia.IsKind(SyntaxKind.EndOfLineTrivia)) is { RawKind: not 0 } start
            ? start.FullSpan.Start : found.SpanStart);
        var last = text.Lines.GetLineFromPosition(found.Span.End);
        if (text.Lines.GetLineFromPosition(type.OpenBraceToken.SpanStart).LineNumber >= first.LineNumber
            || text.Lines.GetLineFromPosition(type.CloseBraceToken.SpanStart).LineNumber <= last.LineNumber)
            return new TextChange(found.Span, "");
        var before = text.Lines[first.LineNumber - 1];
        var isSetApart = string.IsNullOrWhiteSpace(before.ToString());
        return new TextChange(TextSpan.FromBounds(isSetApart ? before.Start : first.Start, last.EndIncludingLineBreak), "");
    }

    /// <summary>Replaces a property's initialiser; null where it is no plain value.</summary>
    public static TextChange? ChangeDefault(TypeDeclarationSyntax type, string name, double value)
    {
        var property = type.Members.OfType<PropertyDeclarationSyntax>().FirstOrDefault(candidate => candidate.Identifier.ValueText == name);
        return property?.Initializer is { Value: LiteralExpressionSyntax or PrefixUnaryExpressionSyntax } initialiser
            ? new TextChange(initialiser.Value.Span, value.ToString("R", CultureInfo.InvariantCulture))
            : null;
    }

    /// <summary>Replaces a bound in a property's attribute by a constant of the attribute; null where there is no such argument.</summary>
    public static TextChange? ChangeBound(TypeDeclarationSyntax type, string name, string bound, string constant)
    {
        var attribute = type.Members.OfType<PropertyDeclarationSyntax>().FirstOrDefault(candidate => candidate.Identifier.ValueText == name)?
            .AttributeLists.SelectMany(list => list.Attributes).FirstOrDefault(candidate => IsNamed(candidate, "Hyper"));
        return attribute?.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == bound) is { } argument
            ? new TextChange(argument.Expression.Span, $"{(attribute.Name is QualifiedNameSyntax qualified ? $"{qualified.Left}." : "")}HyperAttribute.{constant}")
            : null;
    }

    /// <summary>Adds a <c>[State]</c>, or several whose symbols stand on a line each, below the attributes that are there.</summary>
    public static TextChange DeclareState(TypeDeclarationSyntax type, AttributeSyntax rule, string symbols, SourceText text)
    {
        var list = type.AttributeLists.LastOrDefault(candidate => candidate.Attributes.Any(attribute => IsNamed(attribute, "State")))
            ?? (AttributeListSyntax)rule.Parent!;
        var indentation = TextEdits.Indentation(text, type.AttributeLists[0].SpanStart);
        return new TextChange(
            new TextSpan(list.Span.End, 0),
            string.Concat(symbols.Split('\n').Select(symbol => $"{TextEdits.LineBreak(text)}{indentation}[{Attribute(rule, "State", symbol)}]")));
    }

    /// <summary>Written with the qualification that the rule's own attribute has.</summary>
    private static string Attribute(AttributeSyntax rule, string name, string symbol)
    {
        var qualification = rule.Name switch
        {
            QualifiedNameSyntax qualified => $"{qualified.Left}.",
            _ => "",
        };
        return $"{qualification}{name}({SymbolDisplay.FormatLiteral(symbol, quote: true)})";
    }

    private static bool IsHyper(PropertyDeclarationSyntax property) =>
        property.AttributeLists.Any(list => list.Attributes.Any(attribute => IsNamed(attribute, "Hyper")));

    /// <summary>True for a property that can be a hyper-parameter and is none.</summary>
    private static bool IsFree(PropertyDeclarationSyntax property) =>
        !IsHyper(property) && property.Type.ToString() is "double" or "float" or "bool" or "Schedule" or "OptDsl.Schedule"
        && property.AccessorList?.Accessors.Count == 2 && !property.Modifiers.Any(SyntaxKind.StaticKeyword);

    private static bool IsNamed(AttributeSyntax attribute, string name)
    {
        var written = attribute.Name is QualifiedNameSyntax qualified ? qualified.Right.Identifier.ValueText : attribute.Name.ToString();
        return written == name || written == $"{name}Attribute";
    }

    private static bool StartsLine(int position, SourceText text) =>
        TextEdits.Indentation(text, position).Length == position - text.Lines.GetLineFromPosition(position).Start;

    private static bool EndsLine(int position, SourceText text) =>
        string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(position, text.Lines.GetLineFromPosition(position).End)));
}
