using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using OptDsl.Generators.Diagnostics;
using OptDsl.Language.Formulas.Diagnostics;

namespace OptDsl.Generators.Analyzers;

/// <summary>Reports OPT2xx and OPT3xx: what is wrong with the mathematics of a rule that compiles.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LintAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => LintDescriptors.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(static symbol => AnalyzedRules.Visit(symbol, Analyze), SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context, AnalyzedRule rule)
    {
        foreach (var finding in rule.Lint(context.CancellationToken))
        {
            context.ReportDiagnostic(rule.DiagnoseAt(
                LintDescriptors.For(finding.Id), rule.Locate(finding, context.CancellationToken), TextOrigin.Formulas, [],
                context.CancellationToken, finding.Message));
        }
    }
}
