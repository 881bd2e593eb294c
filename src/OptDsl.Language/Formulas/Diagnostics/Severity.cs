namespace OptDsl.Language.Formulas.Diagnostics;

/// <summary>How much it matters what is said about a rule.</summary>
internal enum Severity
{
    /// <summary>As is the convention, or good to know.</summary>
    Info,

    /// <summary>The rule runs, and does not do what its author wants.</summary>
    Warning,

    /// <summary>There is no rule to run.</summary>
    Error,
}
