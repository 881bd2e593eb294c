namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The two ways to write a formula out.</summary>
internal enum NotationStyle
{
    /// <summary><c>m̂ = m / (1 - β₁ᵗ)</c>.</summary>
    Unicode,

    /// <summary><c>\hat{m} = \frac{m}{1 - \beta_{1}^{t}}</c>.</summary>
    Latex,
}
