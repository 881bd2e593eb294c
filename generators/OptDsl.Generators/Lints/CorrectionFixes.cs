using OptDsl.Generators.Formulas.Diagnostics;
using OptDsl.Generators.Formulas.Model;
using OptDsl.Generators.Lints.Passes;

namespace OptDsl.Generators.Lints;

internal static class CorrectionFixes
{
    public static FormulaFix[] Insert(LintContext context, Recurrence average) => [];
    public static FormulaFix[] Mend(LintContext context, AverageResponse response) => [];
    public static IEnumerable<Expr> FindPowers(LintContext context, Recurrence average) => [];
}
internal static class WeightFixes
{
    public static FormulaFix[] Complement(LintContext context, Recurrence average) => [];
    public static FormulaFix[] Forget(LintContext context, Recurrence average) => [];
}
