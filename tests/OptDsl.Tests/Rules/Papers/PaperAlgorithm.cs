namespace OptDsl.Tests.Rules.Papers;

/// <summary>
/// An algorithm as its paper or its authors' code states it, in plain loops over doubles: written from there and not from our
/// formulas, where possible in another arrangement of the same mathematics.
/// </summary>
internal abstract class PaperAlgorithm
{
    /// <summary>What our rule stores in a state, where the algorithm has it.</summary>
    public virtual double[]? Result => null;

    /// <summary>One step.</summary>
    /// <param name="w">The weights; updated.</param>
    /// <param name="g">Their gradient.</param>
    /// <param name="t">The step, 1 for the first.</param>
    public abstract void Step(double[] w, double[] g, int t);

    /// <summary>A buffer of a length, made when first asked for.</summary>
    protected static double[] Zeros(ref double[]? buffer, int length) => buffer ??= new double[length];

    /// <summary>A copy of the values at the first call.</summary>
    protected static double[] Start(ref double[]? buffer, double[] values) => buffer ??= [.. values];
}
