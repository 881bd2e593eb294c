using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using OptDsl.Generators.Declarations;

namespace OptDsl.Generators.Analyzers;

/// <summary>
/// The rules of each live compilation. Analyzers run side by side, each for itself; through here they share one reading and
/// one compilation of a rule.
/// </summary>
internal static class AnalyzedRules
{
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<INamedTypeSymbol, AnalyzedRule>> s_cache = new();

    /// <summary>Runs an analysis on the symbol where it is a rule or a schedule; to be registered for named types.</summary>
    public static void Visit(SymbolAnalysisContext context, Action<SymbolAnalysisContext, AnalyzedRule> analyze)
    {
        if (Find((INamedTypeSymbol)context.Symbol, context.Compilation, context.CancellationToken) is { } rule)
            analyze(context, rule);
    }

    public static AnalyzedRule? Find(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        if (RuleAttributes.Declaring(type, out _) is not { } attribute)
            return null;

        var rules = s_cache.GetValue(compilation, static _ => new(SymbolEqualityComparer.Default));
        return rules.TryGetValue(type, out var rule) ? rule : rules.GetOrAdd(type, Read(type, attribute, compilation, cancellation));
    }

    private static AnalyzedRule Read(INamedTypeSymbol type, AttributeData attribute, Compilation compilation, CancellationToken cancellation)
    {
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        var declaration = DeclarationReader.Read(type, compilation, cancellation, diagnostics.Add)!;
        return new AnalyzedRule(type, attribute, declaration, diagnostics.ToImmutable());
    }
}
