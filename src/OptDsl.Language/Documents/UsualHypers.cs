using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Binding;

namespace OptDsl.Language.Documents;

/// <summary>What the symbols of nearly every paper mean, with the values that people begin with.</summary>
internal static class UsualHypers
{
    private const double Infinity = double.PositiveInfinity;
    private static readonly double s_belowOne = AdjacentDoubles.Below(1);

    /// <summary>A hyper-parameter for a symbol that nothing declares.</summary>
    /// <param name="symbol">As it is written.</param>
    /// <param name="hasStepSize">True where another one is the step size, so that α is a decay.</param>
    public static HyperSource For(string symbol, bool hasStepSize)
    {
        var name = SymbolNames.Normalize(symbol) ?? symbol;
        return name switch
        {
            "η" or "lr" => new(symbol, "LearningRate", HyperType.Schedule, 0, Infinity, 0.001),
            "α" when !hasStepSize => new(symbol, "StepSize", HyperType.Double, 0, Infinity, 0.001),
            "α" => Decay("Alpha", 0.99),
            "β" => Decay("Beta", 0.9),
            "β1" or "beta1" => Decay("Beta1", 0.9),
            "β2" or "beta2" => Decay("Beta2", 0.999),
            "β3" => Decay("Beta3", 0.999),
            "μ" => Decay("Momentum", 0.9),
            "γ" => Decay("Gamma", 0.9),
            "ρ" => Decay("Rho", 0.9),
            "λ" or "wd" => new(symbol, "WeightDecay", HyperType.Double, 0, Infinity, 0.01),
            "ε" or "eps" => new(symbol, "Epsilon", HyperType.Double, double.Epsilon, Infinity, 1e-8),
            _ => new(symbol, symbol, HyperType.Double, double.NegativeInfinity, Infinity, 0.1),
        };

        HyperSource Decay(string property, double value) => new(symbol, property, HyperType.Double, 0, s_belowOne, value);
    }
}
