namespace OptDsl.Generators.Diagnostics;

/// <summary>Categories by which <c>.editorconfig</c> can address the diagnostics together.</summary>
internal static class DiagnosticCategories
{
    /// <summary>OPT0xx: the class around the formulas.</summary>
    public const string Declaration = "OptDsl.Declaration";

    /// <summary>OPT1xx: the text of the formulas.</summary>
    public const string Formula = "OptDsl.Formula";

    /// <summary>OPT2xx and OPT3xx: what the formulas compute.</summary>
    public const string Mathematics = "OptDsl.Mathematics";

    /// <summary>OPT4xx: loops that are written by hand.</summary>
    public const string Loop = "OptDsl.Loop";
}
