using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using OptDsl.Generators.Declarations;
using OptDsl.Generators.Diagnostics;
using OptDsl.Generators.Lifting;

namespace OptDsl.Generators.Analyzers;

/// <summary>Reports what is wrong with the mathematics of optimizers that are written as loops.</summary>
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
        context.RegisterSyntaxNodeAction(
            Analyze, SyntaxKind.ClassDeclaration, SyntaxKind.StructDeclaration, SyntaxKind.RecordDeclaration, SyntaxKind.RecordStructDeclaration, SyntaxKind.CompilationUnit);
    }

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        if (LoopGate.Bodies(context.Node).Count == 0
            || (context.Options.AnalyzerConfigOptionsProvider.GetOptions(context.Node.SyntaxTree).TryGetValue(Option, out var value) && value.Trim() == "false"))
        {
            return;
        }

        var recognition = Recognition(context.Compilation, context.CancellationToken);
        var reported = new HashSet<(string, Microsoft.CodeAnalysis.Text.TextSpan)>();
        foreach (var loop in LoopScan.Find(context.Node, context.SemanticModel, context.CancellationToken))
        {
            foreach (var problem in LoopChecks.Check(loop, recognition, context.CancellationToken).Where(problem => reported.Add((problem.Id, problem.Span))))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    LoopDescriptors.For(problem.Id), Location.Create(context.Node.SyntaxTree, problem.Span), problem.IsCertain ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info,
                    additionalLocations: null, s_mark, problem.Message));
            }
        }
    }

    /// <summary>What knows the ready-made rules of the runtime that a compilation references.</summary>
    internal static Recognition? Recognition(Compilation compilation, CancellationToken cancellation) =>
        compilation.GetTypeByMetadataName("OptDsl.UpdateRuleAttribute")?.ContainingAssembly is { } runtime
            ? new Recognition(LibraryRules.Of(runtime, compilation, cancellation)) : null;
}
