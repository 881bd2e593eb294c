namespace OptDsl.Language.Checks;

/// <summary>How far apart two measured values may be that are to count as the same. What is measured is a double.</summary>
internal static class Tolerances
{
    /// <summary>The rounding of a few operations.</summary>
    public const double Rounding = 1e-12;

    /// <summary>Relative differences below it are the rounding of a run.</summary>
    public const double Exact = 1e-9;

    /// <summary>For what is a difference of runs, as a slope or a settled sum.</summary>
    public const double Measured = 1e-6;

    /// <summary>For a curve over ages that one formula is to explain.</summary>
    public const double Fit = 1e-3;

    /// <summary>Steps that differ by less are of one length to a reader.</summary>
    public const double Visible = 0.02;

    /// <summary>Powers closer than this are the same; guards against zero and slow averages bend them by less.</summary>
    public const double Power = 0.03;
}
