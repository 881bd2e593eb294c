using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using OptDsl.Generators.Diagnostics;
using OptDsl.Generators.Formulas.Diagnostics;
using OptDsl.Generators.Formulas.Model;
using OptDsl.Generators.Lints;

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
        if (rule.Compile(context.CancellationToken)?.Model is not { } model)
            return;
        foreach (var finding in RuleLints.Analyze(model, LintOptions.Default, context.CancellationToken))
        {
            var location = finding.Declaration switch
            {
                HyperSymbol hyper => rule.LocateHyper(hyper.Source),
                StateSymbol state => rule.LocateState(state.Index, context.CancellationToken),
                _ => rule.Locate(TextOrigin.Formulas, finding.Span, context.CancellationToken),
            };
            context.ReportDiagnostic(rule.DiagnoseAt(
                LintDescriptors.For(finding.Id), location, TextOrigin.Formulas, finding.Fixes, context.CancellationToken, finding.Message));
        }
    }
}
