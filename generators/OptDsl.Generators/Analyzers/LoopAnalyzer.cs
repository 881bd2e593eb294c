using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using OptDsl.Generators.Declarations;
using OptDsl.Generators.Diagnostics;
using OptDsl.Generators.Lifting;

namespace OptDsl.Generators.Analyzers;

/// <summary>
/// Reports what is wrong with the mathematics of optimizers that are written as loops. Code is looked at only where it multiplies or
/// divides: a type that does neither costs nothing.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LoopAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The line of <c>.editorconfig</c> that switches it off: <c>optdsl_check_loops = false</c>.</summary>
    internal const string Option = "optdsl_check_loops";

    /// <summary>Marks the diagnostics of loops, as formulas have the same.</summary>
    internal const string Mark = "loop";

    private static readonly ImmutableDictionary<string, string?> s_mark = ImmutableDictionary<string, string?>.Empty.Add(Mark, Mark);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. LoopDescriptors.All, .. LintDescriptors.All];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            var read = new ConditionalWeakTable<SyntaxNode, AnchoredProblem[]>();
            start.RegisterSyntaxNodeAction(node => Analyze(node, read), LoopAnchors.Kinds);
            if (start.Compilation.GetTypeByMetadataName("System.Numerics.Tensors.TensorPrimitives") is not null)
                start.RegisterSyntaxNodeAction(node => Analyze(node, read), SyntaxKind.InvocationExpression);
        });
    }

    private static void Analyze(SyntaxNodeAnalysisContext context, ConditionalWeakTable<SyntaxNode, AnchoredProblem[]> read)
    {
        if (!LoopAnchors.Is(context.Node) || LoopAnchors.ContainerOf(context.Node) is not { } container)
            return;
        foreach (var (anchor, problem) in read.GetValue(container, _ => Read(container, context)))
        {
            if (anchor != context.Node.Span)
                continue;
            context.ReportDiagnostic(Diagnostic.Create(
                LoopDescriptors.For(problem.Id), Location.Create(context.Node.SyntaxTree, problem.Span), problem.IsCertain ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info,
                additionalLocations: null, s_mark, problem.Message));
        }
    }

    /// <summary>The problems of all loops of a type, each with the one expression at which it is reported.</summary>
    private static AnchoredProblem[] Read(SyntaxNode container, SyntaxNodeAnalysisContext context)
    {
        if (LoopGate.Bodies(container).Count == 0
            || (context.Options.AnalyzerConfigOptionsProvider.GetOptions(container.SyntaxTree).TryGetValue(Option, out var value) && value.Trim() == "false"))
        {
            return [];
        }

        var recognition = Recognition(context.Compilation, context.CancellationToken);
        var reported = new HashSet<(string, Microsoft.CodeAnalysis.Text.TextSpan)>();
        return [.. LoopScan.Find(container, context.SemanticModel, context.CancellationToken).SelectMany(loop => LoopChecks.Check(loop, recognition, context.CancellationToken)
            .Where(problem => reported.Add((problem.Id, problem.Span))).Select(problem => new AnchoredProblem(LoopAnchors.Of(loop, container), problem)))];
    }

    /// <summary>What knows the ready-made rules of the runtime that a compilation references.</summary>
    internal static Recognition? Recognition(Compilation compilation, CancellationToken cancellation) =>
        compilation.GetTypeByMetadataName("OptDsl.UpdateRuleAttribute")?.ContainingAssembly is { } runtime
            ? new Recognition(LibraryRules.Of(runtime, compilation, cancellation)) : null;

    /// <summary>A problem, and the expression at which it is reported.</summary>
    private sealed record AnchoredProblem(Microsoft.CodeAnalysis.Text.TextSpan Anchor, LoopProblem Problem);
}
