using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OptDsl.CodeFixes.Edits;
using OptDsl.Generators.Analyzers;
using OptDsl.Generators.Diagnostics;
using OptDsl.Generators.Lifting;
using OptDsl.Language.Checks.Fixes;

namespace OptDsl.CodeFixes.Loops;

/// <summary>Mends loops where they stand. A fix is offered only if the code compiles with it and then computes the mended rule.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
internal sealed class LoopFixProvider : TextFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [.. LoopDescriptors.All.Concat(LintDescriptors.All).Select(descriptor => descriptor.Id)];

    public override async Task<IReadOnlyList<TextFix>> FindAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (!diagnostic.Properties.ContainsKey(LoopAnalyzer.Mark) || root is null || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model)
            return [];
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        var node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        var container = (SyntaxNode?)node.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? node.FirstAncestorOrSelf<CompilationUnitSyntax>();
        if (container is null)
            return [];
        var trial = new LoopTrial(model, root, text, container);
        var recognition = LoopAnalyzer.Recognition(model.Compilation, cancellation);
        var fixes = new List<TextFix>();
        foreach (var loop in LoopScan.Find(container, model, cancellation))
        {
            if (LoopChecks.Check(loop, recognition, cancellation).FirstOrDefault(problem => problem.Id == diagnostic.Id && problem.Span == diagnostic.Location.SourceSpan) is not { } problem)
                continue;
            if (problem.Finding is null)
            {
                fixes.AddRange(CountingFixes.Find(problem, loop, root, text).Where(fix => trial.Mends(fix.Changes, loop, problem.Id, cancellation)));
                break;
            }

            foreach (var fix in problem.Fixes)
            {
                if (EditedRule.Apply(fix, loop.Source, cancellation) is not { } mended)
                    continue;
                var changes = LoopMending.Plan(loop, mended, root, text);
                if (!changes.IsEmpty && trial.Computes(changes, loop, mended, cancellation))
                    fixes.Add(new TextFix(fix.Title, $"{diagnostic.Id}.loop.{fix.Title}", changes));
            }

            break;
        }

        return fixes;
    }
}
