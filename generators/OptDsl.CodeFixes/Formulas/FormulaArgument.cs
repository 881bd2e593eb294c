using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OptDsl.Generators.Analyzers;

namespace OptDsl.CodeFixes.Formulas;

/// <summary>A string in an attribute of a rule or schedule, found from a position in the file.</summary>
internal sealed record FormulaArgument(ExpressionSyntax Expression, AttributeSyntax Attribute, AnalyzedRule Rule)
{
    /// <summary>The argument that the position lies in, or null where it is no text of formulas.</summary>
    public static async Task<FormulaArgument?> FindAsync(Document document, int position, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var token = root!.FindToken(position > 0 ? position - 1 : position);
        if (!IsString(token)
            || token.Parent?.FirstAncestorOrSelf<AttributeArgumentSyntax>() is not { Parent.Parent: AttributeSyntax attribute } argument
            || attribute.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type)
        {
            return null;
        }

        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return model is not null
            && HoldsFormula(argument, model.GetTypeInfo(attribute, cancellation).Type)
            && model.GetDeclaredSymbol(type, cancellation) is INamedTypeSymbol symbol
            && AnalyzedRules.Find(symbol, model.Compilation, cancellation) is { } rule
                ? new FormulaArgument(argument.Expression, attribute, rule)
                : null;
    }

    /// <summary>True for the formulas themselves rather than an argument of a state.</summary>
    public bool IsFormulas => ArgumentName is null && !IsSymbol;

    /// <summary>True for the symbol of a state or a hyper-parameter.</summary>
    public bool IsSymbol => ArgumentName is null && AttributeName(Attribute) is "State" or "Hyper";

    /// <summary>True for the condition of a state.</summary>
    public bool IsCondition => ArgumentName == "When";

    private string? ArgumentName =>
        Attribute.ArgumentList!.Arguments.First(argument => argument.Expression == Expression).NameEquals?.Name.Identifier.ValueText;

    private static bool HoldsFormula(AttributeArgumentSyntax argument, ITypeSymbol? attribute) => attribute?.Name switch
    {
        "UpdateRuleAttribute" or "ScheduleAttribute" => argument.NameEquals is null,
        "StateAttribute" => argument.NameEquals?.Name.Identifier.ValueText is null or "Initial" or "When",
        "HyperAttribute" => argument.NameEquals is null,
        _ => false,
    };

    private static string AttributeName(AttributeSyntax attribute)
    {
        var name = attribute.Name is QualifiedNameSyntax qualified ? qualified.Right.Identifier.ValueText : (attribute.Name as SimpleNameSyntax)?.Identifier.ValueText ?? "";
        const string Suffix = "Attribute";
        return name.EndsWith(Suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - Suffix.Length) : name;
    }

    private static bool IsString(SyntaxToken token) => token.Kind()
        is SyntaxKind.StringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken;
}
