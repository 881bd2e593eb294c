using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using OptDsl.Generators.Diagnostics;

namespace OptDsl.Generators.Analyzers;

/// <summary>Reports OPT1xx: what the front end cannot read, at its exact characters.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FormulaAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => FormulaDescriptors.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterSymbolAction(static symbol => AnalyzedRules.Visit(symbol, Analyze), SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context, AnalyzedRule rule)
    {
        var compiled = rule.Compile(context.CancellationToken);
        foreach (var error in (compiled?.Errors ?? []).Concat(compiled?.Skipped is { } skipped ? [skipped] : []))
        {
            context.ReportDiagnostic(rule.Diagnose(
                FormulaDescriptors.For(error.Id), error.Text, error.Span, error.Fixes, context.CancellationToken, error.Message));
        }
    }
}
