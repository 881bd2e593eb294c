using OptDsl.Generators.Formulas.Diagnostics;
using OptDsl.Generators.Formulas.Model;

namespace OptDsl.Generators.Lints;

/// <summary>Edits that square a term or take its root.</summary>
internal static class ScalingFixes
{
    public static FormulaFix[] Square(LintContext context, Expr input) => [];

    public static FormulaFix[] Root(LintContext context, Expr denominator, Func<Expr, bool> isSquared) => [];
}
