namespace OptDsl.Rules.Matrices;

/// <summary>The published sets of coefficients of Newton–Schulz steps, for <see cref="Muon.Coefficients"/> and the like.</summary>
/// <remarks>
/// A step is X := aX + (bA + cA²)X with A = XXᵀ. It brings all singular values between 0 and 1 nearer to 1. With more steps than a set
/// has triples, <see cref="Quintic"/> and <see cref="Aol"/> begin again; the others stay with their last one.
/// </remarks>
public static class NewtonSchulzSet
{
    /// <summary>One triple for all steps: Jordan et al., Muon, 2024.</summary>
    public const double Original = 0;

    /// <summary>Five triples, one a step: Jordan et al., modded-nanogpt, 2024.</summary>
    public const double Quintic = 1;

    /// <summary>Eight triples, the best for each step: Amsel et al., The Polar Express, 2025.</summary>
    public const double PolarExpress = 2;

    /// <summary>Five triples from Chebyshev polynomials: Grishina et al., CANS, 2025.</summary>
    public const double Cans = 3;

    /// <summary>Four triples for matrices that were scaled by the sums of their products: Boissin et al., Turbo-Muon, 2025.</summary>
    public const double Aol = 4;

    /// <summary>The original triple eight times, then one that settles: DeepSeek-V4.</summary>
    public const double DeepSeek = 5;

    /// <summary>Five steps without the fifth power, which take a product less each.</summary>
    public const double Cubic = 6;
}
