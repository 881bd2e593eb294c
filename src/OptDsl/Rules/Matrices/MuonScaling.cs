namespace OptDsl.Rules.Matrices;

/// <summary>How long the steps of <see cref="Muon"/> are, for <see cref="Muon.Scaling"/>: what an orthogonal matrix is multiplied by.</summary>
public static class MuonScaling
{
    /// <summary>√max(1, rows/columns): Jordan et al., Muon, 2024 ("original", "shape_scaling").</summary>
    public const double Original = 0;

    /// <summary>0.2√max(rows, columns), which makes steps as long as AdamW's: Liu et al., Muon is Scalable for LLM Training, 2025 ("match_rms_adamw").</summary>
    public const double MatchRms = 1;

    /// <summary>√(rows/columns): Bernstein and Newhouse, Old Optimizer, New Norm, 2024 ("rms_to_rms", "unit_rms_norm").</summary>
    public const double RmsToRms = 2;

    /// <summary>√max(rows, columns) ("spectral").</summary>
    public const double Spectral = 3;

    /// <summary>The sum of the singular values of the gradient's average ("nuclear_norm").</summary>
    public const double NuclearNorm = 4;
}
