using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks;

/// <summary>
/// A state whose new value is <c>a(t)·s + r</c>, with <c>a</c> a function of the hyper-parameters and the step alone and
/// <c>r</c> free of s. Whatever the spelling: the coefficients are measured on the model, not read off the text.
/// </summary>
/// <param name="State">The state.</param>
/// <param name="Final">The statement that gives the state its new value.</param>
/// <param name="Decays">The coefficient a at steps 1, 2, … (as long as it changes).</param>
/// <param name="Inputs">The size of r in one and the same situation, in the same way, relative to its last.</param>
/// <param name="Weight">The settled coefficient of the gradient term in r; NaN where r is no pure power of the gradient.</param>
/// <param name="Degree">The degree of r in the gradient, or NaN.</param>
/// <param name="Odd">True if r changes sign with the gradient.</param>
/// <param name="Driven">True if gradients change the state; else it is a function of the step.</param>
/// <param name="DecayHypers">Positions of the hyper-parameters that change a.</param>
/// <param name="WeightHypers">Positions of the hyper-parameters that change the coefficient in r.</param>
internal sealed record Recurrence(
    StateSymbol State, Definition Final, double[] Decays, double[] Inputs, double Weight, double Degree, bool Odd, bool Driven,
    IReadOnlyList<int> DecayHypers, IReadOnlyList<int> WeightHypers)
{
    private double[]? _fills;

    /// <summary>How many steps apart an age can be from a settled one and still differ in its coefficients.</summary>
    public const int LongestTransient = 300;

    public double SettledDecay => Decays[Decays.Length - 1];

    /// <summary>Whether the past fades at a settled rate.</summary>
    public bool Forgets => SettledDecay is > 0 and < 1;

    /// <summary>Its decay falls from step to step and goes on to, as those of some proofs do: no correction of one decay fits it.</summary>
    public bool Fades => Decays.Length > 2 && SettledDecay < Decays[0] && Decays[Decays.Length - 2] - SettledDecay > Tolerances.Measured;

    /// <summary>Full from the first step on, whatever the decay: it starts with its first input, or its decay grows with the step.</summary>
    public bool IsSeeded => Decays.Length > 1 && (Decays[0] == 0 || Math.Abs(Fill(1) - 1) < Tolerances.Measured);

    /// <summary>The sum of the weights that the state gives to the past, once settled.</summary>
    public double SettledSum => Weight / (1 - SettledDecay);

    /// <summary>
    /// After so many steps from zero, the value in units of the settled one, had r been the same throughout: 1-βᵗ for the usual
    /// average, 1 for one that starts with its first input.
    /// </summary>
    public double Fill(int age)
    {
        if (Decays.Length == 1)
            return 1 - Math.Pow(SettledDecay, age);
        _fills ??= Fills();
        return age <= LongestTransient ? _fills[age] : 1 + ((_fills[LongestTransient] - 1) * Math.Pow(SettledDecay, age - LongestTransient));
    }

    private double[] Fills()
    {
        var fills = new double[LongestTransient + 1];
        for (var age = 1; age <= LongestTransient; age++)
            fills[age] = (At(Decays, age) * fills[age - 1]) + (At(Inputs, age) * (1 - SettledDecay));
        return fills;
    }

    private static double At(double[] values, int age) => values[Math.Min(age, values.Length) - 1];
}
