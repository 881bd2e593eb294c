namespace OptDsl.Language.Checks;

/// <summary>The ids of what the analyses report.</summary>
internal static class LintIds
{
    public const string ParameterNeverUpdated = "OPT201";
    public const string StateNeverUpdated = "OPT202";
    public const string WithoutInfluence = "OPT203";
    public const string UnusedHyper = "OPT204";
    public const string ReadOrder = "OPT205";
    public const string MissingBiasCorrection = "OPT301";
    public const string WrongBiasCorrection = "OPT302";
    public const string WeightSum = "OPT303";
    public const string UncorrectedByConvention = "OPT304";
    public const string Stall = "OPT305";
    public const string MissingEpsilon = "OPT311";
    public const string IneffectiveEpsilon = "OPT312";
    public const string NegativeRoot = "OPT313";
    public const string HyperDividesByZero = "OPT314";
    public const string RoundedDifference = "OPT315";
    public const string Ascent = "OPT321";
    public const string Homogeneity = "OPT322";
    public const string MissingSquare = "OPT323";
    public const string MissingRoot = "OPT324";
    public const string CoupledDecay = "OPT325";

    public const string Nonconforming = "OPT331";
    public const string Recognised = "OPT332";
    public const string Neighbour = "OPT333";

    /// <summary>True for what states a property that is conventional, at information level.</summary>
    public static bool IsNote(string id) => id is UncorrectedByConvention or CoupledDecay;
}
