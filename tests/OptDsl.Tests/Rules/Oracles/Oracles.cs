namespace OptDsl.Tests.Rules.Oracles;

/// <summary>The oracles by the golden files' names of the rules.</summary>
internal static class Oracles
{
    /// <summary>An oracle for one tensor.</summary>
    /// <param name="rule">The golden rule.</param>
    /// <param name="options">Its hyper-parameters.</param>
    /// <param name="rank">The number of dimensions of the tensor.</param>
    public static Oracle Create(string rule, GoldenOptions options, int rank) => GoldenClaims.BaseOf(rule) switch
    {
        "SGD" or "Momentum" => new SgdOracle(options),
        "SGDW" => new SgdWOracle(options),
        "LARS" => new LarsOracle(options),
        "QHM" => new QhmOracle(options),
        "AggMo" => new AggMoOracle(options),
        "ASGD" => new AsgdOracle(options),
        "Rprop" => new RpropOracle(options),
        "Adagrad" => new AdagradOracle(options),
        "Adadelta" => new AdadeltaOracle(options),
        "RMSprop" => new RmsPropOracle(options),
        "RMSpropTF" => new RmsPropTFOracle(options),
        "Adam" => new AdamOracle(options, decoupled: false),
        "AdamW" => new AdamOracle(options, decoupled: true),
        "Adamax" => new AdamaxOracle(options),
        "NAdam" => new NAdamOracle(options),
        "NAdamW" => new NAdamWOracle(options),
        "RAdam" => new RAdamOracle(options),
        "AdaBelief" => new AdaBeliefOracle(options),
        "AdaBound" => new AdaBoundOracle(options),
        "Yogi" => new YogiOracle(options),
        "DiffGrad" => new DiffGradOracle(options),
        "LaProp" => new LaPropOracle(options),
        "ADOPT" => new AdoptOracle(options),
        "Lion" => new LionOracle(options),
        "LAMB" => new LambOracle(options),
        "NovoGrad" => new NovoGradOracle(options),
        "MARS" => new MarsOracle(options, rank < 2),
        "Adafactor" => new AdafactorOracle(options),
        "AdafactorTimm" => new AdafactorTimmOracle(options),
        "AdafactorBV" => new AdafactorBVOracle(options),
        "Muon" => new MuonFallbackOracle(options),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "No golden rule."),
    };
}
