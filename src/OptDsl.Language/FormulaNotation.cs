namespace OptDsl.Language;

/// <summary>The ways to write formulas.</summary>
public enum FormulaNotation
{
    /// <summary><c>m̂ = m / (1 - β₁ᵗ)</c>.</summary>
    Unicode,

    /// <summary><c>\hat{m} = \frac{m}{1 - \beta_{1}^{t}}</c>.</summary>
    Latex,
}
