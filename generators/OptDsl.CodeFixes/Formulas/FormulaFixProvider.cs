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
using OptDsl.Generators.Literals;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas.Diagnostics;

namespace OptDsl.CodeFixes.Formulas;

/// <summary>
/// Applies the edits that mend formulas. Those of an error come with its diagnostic; those of the mathematics are found here,
/// by reading and analysing the rule anew, since trying them takes longer than an analyzer may.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
internal sealed class FormulaFixProvider : TextFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [.. FormulaDescriptors.All.Concat(LintDescriptors.All).Append(ReferenceDescriptors.Nonconforming).Append(ReferenceDescriptors.Neighbour).Select(descriptor => descriptor.Id)];

    public override async Task<IReadOnlyList<TextFix>> FindAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        if (diagnostic.AdditionalLocations.Count != 1
            || diagnostic.AdditionalLocations[0].SourceTree?.FilePath != document.FilePath
            || root!.FindNode(diagnostic.AdditionalLocations[0].SourceSpan, getInnermostNodeForTie: true) is not { } argument
            || argument.FirstAncestorOrSelf<AttributeSyntax>() is not { } attribute
            || attribute.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type)
        {
            return [];
        }

        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (model is null || model.GetDeclaredSymbol(type, cancellation) is not INamedTypeSymbol symbol)
            return [];
        var formulaFixes = LintDescriptors.All.Any(descriptor => descriptor.Id == diagnostic.Id)
            ? AnalyzedRules.Find(symbol, model.Compilation, cancellation)?.FindFixes(diagnostic, model.Compilation, cancellation) ?? []
            : FixProperties.Read(diagnostic.Properties);
        string[] taken = [symbol.Name, .. symbol.MemberNames];
        var fixes = new List<TextFix>();
        for (var i = 0; i < formulaFixes.Length; i++)
        {
            var changes = Changes(formulaFixes[i], argument, attribute, type, taken, text);
            if (changes.Length > 0 && !changes.Contains(null))
                fixes.Add(new TextFix(formulaFixes[i].Title, Key(diagnostic, formulaFixes[i], i), [.. changes.Select(change => change!.Value)]));
        }

        return fixes;
    }

    private static TextChange?[] Changes(
        FormulaFix fix, SyntaxNode argument, AttributeSyntax attribute, TypeDeclarationSyntax type, string[] taken, SourceText text)
    {
        var literal = FormulaLiteral.TryRead(argument as ExpressionSyntax);
        return fix switch
        {
            ReplaceFix replace => [literal?.Replace(replace.Span, replace.NewText)],
            EditsFix edits =>
            [
                .. edits.Edits.Select(edit => literal?.Replace(edit.Span, edit.NewText)),
                .. edits.Declares is { } added ? new TextChange?[] { Declare(added.Symbol, added.Default) } : [],
            ],
            DeclareHyperFix hyper => [Declare(hyper.Symbol, null)],
            DeclareStateFix state => [MemberEdits.DeclareState(type, attribute, state.Symbol, text)],
            RemoveHyperFix hyper => [MemberEdits.RemoveProperty(type, hyper.Property, text)],
            ChangeDefaultFix change => [MemberEdits.ChangeDefault(type, change.Property, change.Default)],
            ChangeBoundFix change => [MemberEdits.ChangeBound(type, change.Property, change.Bound, change.Constant)],
            _ => [],
        };

        TextChange Declare(string symbol, double? value) =>
            MemberEdits.DeclareHyper(type, attribute, symbol, PropertyNames.For(symbol, taken), value, text);
    }

    /// <summary>The same choice for every diagnostic of the same kind: the first reading of each ambiguous product, say.</summary>
    private static string Key(Diagnostic diagnostic, FormulaFix fix, int index) =>
        $"{diagnostic.Id}.{fix.GetType().Name}.{(fix is ReplaceFix or EditsFix ? index : 0).ToString(CultureInfo.InvariantCulture)}";
}
