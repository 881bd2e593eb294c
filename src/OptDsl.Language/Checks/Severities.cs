using OptDsl.Language.Formulas.Diagnostics;

namespace OptDsl.Language.Checks;

/// <summary>The severity of every id of formulas and analyses.</summary>
internal static class Severities
{
    private const string Formulas = "OPT1";

    public static Severity Of(string id) => id switch
    {
        FormulaErrorIds.Skipped or LintIds.Recognised or LintIds.Neighbour => Severity.Info,
        LintIds.ParameterNeverUpdated => Severity.Error,
        _ when LintIds.IsNote(id) => Severity.Info,
        _ => id.StartsWith(Formulas, StringComparison.Ordinal) ? Severity.Error : Severity.Warning,
    };
}
