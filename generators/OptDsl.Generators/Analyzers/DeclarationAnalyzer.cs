using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using OptDsl.Generators.Declarations;
using OptDsl.Generators.Diagnostics;

namespace OptDsl.Generators.Analyzers;

/// <summary>Reports OPT0xx: what is wrong with a rule's class, its states and its hyper-parameters.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeclarationAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => DeclarationDescriptors.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (AnalyzedRules.Find(type, context.Compilation, context.CancellationToken) is not { } rule)
        {
            ReportStrays(context, type);
            return;
        }

        foreach (var diagnostic in rule.DeclarationDiagnostics)
            context.ReportDiagnostic(diagnostic);
    }

    /// <summary>A state or a hyper-parameter of a class that forgot to say that it is a rule.</summary>
    private static void ReportStrays(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        foreach (var state in RuleAttributes.Find(type, RuleAttributes.State))
            Report(state, RuleAttributes.Text(state) ?? "");
        foreach (var property in type.GetMembers().OfType<IPropertySymbol>())
        {
            if (HyperReader.Attribute(property) is { } hyper)
                Report(hyper, property.Name);
        }

        void Report(AttributeData attribute, string name) => context.ReportDiagnostic(Diagnostic.Create(
            DeclarationDescriptors.NoRule, AttributeSyntaxes.Syntax(attribute, context.CancellationToken)?.GetLocation(), name, type.Name));
    }
}
