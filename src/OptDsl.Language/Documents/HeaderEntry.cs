using OptDsl.Language.Formulas;

namespace OptDsl.Language.Documents;

/// <summary>A line of a header that declares a state or a hyper-parameter, and where its parts stand in the text.</summary>
/// <param name="Line">The line, without its end.</param>
/// <param name="Symbol">What it declares, as it is written.</param>
/// <param name="IsHyper">True for a hyper-parameter, false for a state.</param>
internal sealed record HeaderEntry(TextSpan Line, TextSpan Symbol, bool IsHyper)
{
    /// <summary>The initial value of a state, or the default of a hyper-parameter; null where none is written.</summary>
    public TextSpan? Value { get; init; }

    /// <summary>The condition of a state.</summary>
    public TextSpan? When { get; init; }

    /// <summary>The range of a hyper-parameter, with its brackets.</summary>
    public TextSpan? Range { get; init; }
}
