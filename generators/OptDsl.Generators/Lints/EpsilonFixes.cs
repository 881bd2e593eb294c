using OptDsl.Generators.Formulas;
using OptDsl.Generators.Formulas.Diagnostics;
using OptDsl.Generators.Formulas.Model;

namespace OptDsl.Generators.Lints;

/// <summary>Edits that keep a denominator from zero and a radicand from below it.</summary>
internal static class EpsilonFixes
{
    private const double Default = 1e-8;

    public static FormulaFix[] Guard(LintContext context, Expr quotient, Expr denominator) => [];

    public static FormulaFix[] Clamp(LintContext context, Expr root, Expr radicand) => [];
}
