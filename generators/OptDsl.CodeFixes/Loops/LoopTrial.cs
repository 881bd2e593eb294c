using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using OptDsl.Generators.Lifting;
using OptDsl.Language.Checks;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.CodeFixes.Loops;

/// <summary>Tries edits of a loop: the code must compile with them, and is read anew.</summary>
internal sealed class LoopTrial(SemanticModel model, SyntaxNode root, SourceText text, SyntaxNode container)
{
    /// <summary>True if the loop then computes the rule.</summary>
    public bool Computes(ImmutableArray<TextChange> changes, LiftedLoop loop, RuleModel rule, CancellationToken cancellation) =>
        Reread(changes, loop, cancellation) is { } again && new Conformance(new ComparableRule(again.Model), new ComparableRule(rule)) is { CoversRule: true } comparison && comparison.Find(cancellation) is null;

    /// <summary>True if this is no longer said of the loop, and nothing else instead.</summary>
    public bool Mends(ImmutableArray<TextChange> changes, LiftedLoop loop, string id, CancellationToken cancellation) =>
        Reread(changes, loop, cancellation) is { } again && again.Findings.All(finding => finding.Id != id) && again.Findings.Length < loop.Findings.Length;

    /// <summary>The loop after the edits; null where the code does not compile, or is another loop.</summary>
    private LiftedLoop? Reread(ImmutableArray<TextChange> changes, LiftedLoop loop, CancellationToken cancellation)
    {
        var tree = root.SyntaxTree.WithChangedText(text.WithChanges(changes.OrderBy(change => change.Span.Start)));
        var compilation = model.Compilation.ReplaceSyntaxTree(root.SyntaxTree, tree);
        var changed = compilation.GetSemanticModel(tree);
        if (Errors(changed, cancellation) > Errors(model, cancellation))
            return null;
        var newRoot = tree.GetRoot(cancellation);
        var again = container is CompilationUnitSyntax ? newRoot : Types(newRoot).ElementAtOrDefault(Types(root).TakeWhile(type => type != container).Count());
        if (again is null)
            return null;
        var before = LoopScan.Find(container, model, cancellation);
        var after = LoopScan.Find(again, changed, cancellation);
        var index = before.Select(other => other.Update).ToList().IndexOf(loop.Update);
        return before.Length == after.Length && after[index].Source.Parameter == loop.Source.Parameter ? after[index] : null;
    }

    private static int Errors(SemanticModel model, CancellationToken cancellation) =>
        model.GetDiagnostics(cancellationToken: cancellation).Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private static IEnumerable<SyntaxNode> Types(SyntaxNode node) => node.DescendantNodes().OfType<TypeDeclarationSyntax>();
}
