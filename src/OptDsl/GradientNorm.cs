namespace OptDsl;

/// <summary>The size of a gradient.</summary>
public enum GradientNorm
{
    /// <summary>The square root of the sum of the squares.</summary>
    Euclidean,

    /// <summary>The largest magnitude of an element.</summary>
    Largest,
}
