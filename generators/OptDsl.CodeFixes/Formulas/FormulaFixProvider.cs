using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using OptDsl.CodeFixes.Edits;
using OptDsl.Generators.Analyzers;
using OptDsl.Generators.Diagnostics;
using OptDsl.Generators.Formulas.Diagnostics;
using OptDsl.Generators.Literals;

namespace OptDsl.CodeFixes.Formulas;

/// <summary>Applies the edits that the analyzers of formulas hand over.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
internal sealed class FormulaFixProvider : TextFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [.. FormulaDescriptors.All.Select(descriptor => descriptor.Id)];

    public override async Task<IReadOnlyList<TextFix>> FindAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var formulaFixes = FixProperties.Read(diagnostic.Properties);
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        if (formulaFixes.IsEmpty || diagnostic.AdditionalLocations.Count != 1
            || diagnostic.AdditionalLocations[0].SourceTree?.FilePath != document.FilePath
            || root!.FindNode(diagnostic.AdditionalLocations[0].SourceSpan, getInnermostNodeForTie: true) is not { } argument
            || argument.FirstAncestorOrSelf<AttributeSyntax>() is not { } attribute
            || attribute.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type)
        {
            return [];
        }

        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        string[] taken = model!.GetDeclaredSymbol(type, cancellation) is INamedTypeSymbol symbol ? [symbol.Name, .. symbol.MemberNames] : [];
        var fixes = new List<TextFix>();
        for (var i = 0; i < formulaFixes.Length; i++)
        {
            if (Change(formulaFixes[i], argument, attribute, type, taken, text) is { } change)
                fixes.Add(new TextFix(formulaFixes[i].Title, Key(diagnostic, formulaFixes[i], i), [change]));
        }

        return fixes;
    }

    private static TextChange? Change(
        FormulaFix fix, SyntaxNode argument, AttributeSyntax attribute, TypeDeclarationSyntax type, string[] taken, SourceText text)
    {
        return fix switch
        {
            ReplaceFix replace => FormulaLiteral.TryRead(argument as ExpressionSyntax)?.Replace(replace.Span, replace.NewText),
            DeclareHyperFix hyper => MemberEdits.DeclareHyper(type, attribute, hyper.Symbol, PropertyNames.For(hyper.Symbol, taken), text),
            DeclareStateFix state => MemberEdits.DeclareState(type, attribute, state.Symbol, text),
            _ => null,
        };
    }

    /// <summary>The same choice for every diagnostic of the same kind: the first reading of each ambiguous product, say.</summary>
    private static string Key(Diagnostic diagnostic, FormulaFix fix, int index) =>
        $"{diagnostic.Id}.{fix.GetType().Name}.{(fix is ReplaceFix ? index : 0).ToString(CultureInfo.InvariantCulture)}";
}
