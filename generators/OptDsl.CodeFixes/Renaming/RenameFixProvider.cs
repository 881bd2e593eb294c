using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using OptDsl.Generators.Analyzers;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.CodeFixes.Renaming;

/// <summary>
/// Ends a rename that was begun: a declaration has another name than the formulas, or the formulas than the declaration. It is
/// offered where one declared symbol, taken for the unknown name, makes the whole rule compile.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
internal sealed class RenameFixProvider : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [FormulaErrorIds.UnknownName, FormulaErrorIds.ReadBeforeValue];

    /// <summary>One fix mends every use of a name; there is nothing to gather.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var (document, cancellation) = (context.Document, context.CancellationToken);
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || model is null)
            return;
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root.FindToken(diagnostic.Location.SourceSpan.Start).Parent?.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type
                || model.GetDeclaredSymbol(type, cancellation) is not INamedTypeSymbol symbol
                || AnalyzedRules.Find(symbol, model.Compilation, cancellation) is not { } rule
                || Unknown(rule, diagnostic, cancellation) is not { } name)
                continue;
            foreach (var (title, changes) in Renames(rule, name, cancellation))
                context.RegisterCodeFix(CodeAction.Create(title, token => RenameEdits.ApplyAsync(document.Project.Solution, changes, token), title), diagnostic);
        }
    }

    private static IEnumerable<(string Title, IReadOnlyList<(SyntaxTree, TextChange)> Changes)> Renames(AnalyzedRule rule, string name, CancellationToken cancellation)
    {
        var source = rule.Declaration.Source;
        foreach (var (declared, taken) in Taken(source, name))
        {
            if (FormulaCompiler.Compile(taken, cancellation).Model is not { } model)
                continue;
            var symbol = SymbolRename.Candidates(model).FirstOrDefault(candidate => candidate is StateSymbol { Source.Symbol: var state } ? state == name : candidate is HyperSymbol { Source.Symbol: var hyper } && hyper == name);
            if (symbol is null)
                continue;
            if (SymbolRename.Find(model, symbol, declared, cancellation) is { } rename && RenameEdits.OfTexts(rule, rename, cancellation) is { Count: > 0 } texts)
                yield return ($"Rename '{name}' to '{declared}' in the formulas", texts);
            if (RenameEdits.OfDeclaration(RenameEdits.Declaration(rule, symbol, cancellation), name) is { } declaration)
                yield return ($"Declare '{name}' in the place of '{declared}'", [declaration]);
        }
    }

    /// <summary>The rule with each of its declared symbols under the unknown name.</summary>
    private static IEnumerable<(string Declared, RuleSource Source)> Taken(RuleSource source, string name) =>
    [
        .. source.States.Items.Select((state, index) => (state.Symbol, source with { States = source.States.Items.SetItem(index, state with { Symbol = name }) })),
        .. source.Hypers.Items.Select((hyper, index) => (hyper.Symbol, source with { Hypers = source.Hypers.Items.SetItem(index, hyper with { Symbol = name }) })),
    ];

    /// <summary>The name that is not known, without a time.</summary>
    private static string? Unknown(AnalyzedRule rule, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var error = rule.Compile(cancellation)?.Errors.FirstOrDefault(error =>
            error.Id == diagnostic.Id && rule.Locate(error.Text, error.Span, cancellation).SourceSpan == diagnostic.Location.SourceSpan);
        if (error is null)
            return null;
        var source = rule.Declaration.Source;
        var text = error.Text.State is not { } state ? source.Formulas : error.Text == TextOrigin.InitialOf(state) ? source.States[state].Initial : source.States[state].When;
        var written = error.Span.End <= text.Length ? text.Substring(error.Span.Start, error.Span.Length) : "";
        var end = written.IndexOf('_');
        return written == "" ? null : end > 0 && written.Substring(end).Contains(source.Step) ? written.Substring(0, end) : written;
    }
}
