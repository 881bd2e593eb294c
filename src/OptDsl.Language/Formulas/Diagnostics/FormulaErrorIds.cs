namespace OptDsl.Language.Formulas.Diagnostics;

/// <summary>The identifiers of what can be wrong with a formula as a text.</summary>
internal static class FormulaErrorIds
{
    public const string Syntax = "OPT101";
    public const string UnknownName = "OPT102";
    public const string AmbiguousProduct = "OPT103";
    public const string BadCall = "OPT104";
    public const string AmbiguousQuotient = "OPT105";
    public const string Shape = "OPT106";
    public const string ReadOnlyTarget = "OPT107";
    public const string ReadBeforeValue = "OPT108";
    public const string AbsentState = "OPT109";
    public const string StateCondition = "OPT110";

    /// <summary>An information, and no error.</summary>
    public const string Skipped = "OPT111";
    public const string Past = "OPT112";

    /// <summary>A state of a rule of matrices that is to be narrower than the elements: where it is declared.</summary>
    public const string Storage = "OPT020";
}
