namespace OptDsl.Language.Formulas.Compilation;

/// <summary>
/// The compiled rules of a process by the value of what was declared: generator, analyzers, fixes and completion compile a text
/// once, and an edit elsewhere compiles nothing.
/// </summary>
internal static class CompiledRules
{
    private static readonly ValueCache<RuleSource, CompiledRule> s_rules = new(FormulaCompiler.Compile, half: 2_000);

    public static CompiledRule Of(RuleSource source, CancellationToken cancellation = default) => s_rules.Get(source, cancellation);

    /// <summary>How often a declaration was compiled.</summary>
    internal static int CompilationsOf(RuleSource source) => s_rules.Computations(source);
}
