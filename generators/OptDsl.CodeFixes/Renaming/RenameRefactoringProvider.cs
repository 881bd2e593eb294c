using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using OptDsl.CodeFixes.Formulas;
using OptDsl.Generators.Literals;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.CodeFixes.Renaming;

/// <summary>
/// Offers other names for the symbol at the caret, in its declaration, in the formulas, in initial values and conditions at once.
/// </summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(RenameRefactoringProvider))]
[Shared]
internal sealed class RenameRefactoringProvider : CodeRefactoringProvider
{
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var cancellation = context.CancellationToken;
        if (await FormulaArgument.FindAsync(context.Document, context.Span.End, cancellation).ConfigureAwait(false) is not { } argument
            || argument.Rule.Compile(cancellation)?.Model is not { } model
            || SymbolAt(argument, model, context.Span.End, cancellation) is not var (symbol, written))
            return;

        foreach (var name in OtherNames.Of(symbol, written))
        {
            if (SymbolRename.Find(model, symbol, name, cancellation) is not { } rename || RenameEdits.OfTexts(argument.Rule, rename, cancellation) is not { } changes)
                continue;
            if (rename.Declared is { } declared)
            {
                if (RenameEdits.OfDeclaration(RenameEdits.Declaration(argument.Rule, symbol, cancellation), declared) is not { } declaration)
                    continue;
                changes.Add(declaration);
            }

            var title = $"Rename '{written}' to '{name}'";
            context.RegisterRefactoring(CodeAction.Create(title, token => RenameEdits.ApplyAsync(context.Document.Project.Solution, changes, token), equivalenceKey: title));
        }
    }

    private static (Symbol Symbol, string Written)? SymbolAt(FormulaArgument argument, RuleModel model, int position, CancellationToken cancellation)
    {
        var rule = argument.Rule;
        if (argument.IsSymbol)
            return SymbolRename.Candidates(model).FirstOrDefault(symbol => RenameEdits.Declaration(rule, symbol, cancellation) == argument.Expression) is { } declared ? (declared, Written(declared)) : null;
        if (FormulaLiteral.TryRead(argument.Expression) is not { } literal)
            return null;

        // Between two letters of a product the one before the caret, as where a word ends.
        return SymbolRename.Candidates(model)
            .SelectMany(symbol => SymbolRename.Occurrences(model, symbol).Select(place => (symbol, place.Origin, place.Span)))
            .Where(place => rule.Expression(place.Origin, cancellation) == argument.Expression)
            .Select(place => (place.symbol, place.Span, InFile: literal.Locate(place.Span)))
            .Where(place => place.InFile.Start <= position && position <= place.InFile.End)
            .OrderBy(place => place.InFile.Start == position)
            .Select(place => ((Symbol, string)?)(place.symbol, literal.Text(place.Span)))
            .FirstOrDefault();
    }

    private static string Written(Symbol symbol) => symbol switch
    {
        StateSymbol state => state.Source.Symbol,
        HyperSymbol hyper => hyper.Source.Symbol,
        _ => symbol.Name,
    };
}
