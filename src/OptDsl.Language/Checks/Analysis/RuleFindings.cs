using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;

namespace OptDsl.Language.Checks.Analysis;

/// <summary>The findings of a process by the value of what was declared, under the options that analyzers have.</summary>
internal static class RuleFindings
{
    private static readonly ValueCache<RuleSource, ImmutableArray<Finding>> s_findings = new(
        static (source, cancellation) => CompiledRules.Of(source, cancellation).Model is { } model ? RuleLints.Analyze(model, LintOptions.Default, cancellation) : [],
        half: 2_000);

    /// <summary>What the analyses have to say about the mathematics; nothing of a rule that does not compile.</summary>
    public static ImmutableArray<Finding> Of(RuleSource source, CancellationToken cancellation = default) => s_findings.Get(source, cancellation);

    /// <summary>How often a declaration was analysed.</summary>
    internal static int AnalysesOf(RuleSource source) => s_findings.Computations(source);
}
