namespace OptDsl.Language.Checks;

/// <summary>The weights that a rule is made for, taken from what the rule itself does with them. What happens outside proves nothing.</summary>
internal enum WeightDomain
{
    All,

    /// <summary>The rule is not defined for negative weights (it takes their logarithm or root) but is for positive ones.</summary>
    Positive,

    /// <summary>The rule scales the weights to a simplex or a sphere: weights ten times as large come to the same, and all zero to nothing.</summary>
    Normalised,
}
