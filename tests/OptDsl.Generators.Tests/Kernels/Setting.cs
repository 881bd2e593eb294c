using System.Globalization;
using OptDsl.Language.Formulas;

namespace OptDsl.Generators.Tests.Kernels;

/// <summary>Where a rule is run: values of its hyper-parameters, the first step, and how large the gradients are.</summary>
internal sealed record Setting(double[] Hypers, long FirstStep, double GradientSize)
{
    // Products with anything subnormal lose it.
    private const double SmallestNumber = 1e-30;

    private static readonly long[] s_steps = [1, 2, 3, 1_000_000_000, (1L << 53) - 2, (1L << 53) - 1, 1L << 53, (1L << 53) + 1];

    public static Setting Default(RuleSource source) => new([.. source.Hypers.Select(hyper => hyper.Default ?? 0)], 1, 1);

    /// <summary>Anywhere in the legal ranges: at the bounds and beside them, on either side of 0 and 1 where there are none; steps and gradients of every magnitude.</summary>
    public static Setting Random(RuleSource source, Random random) => new(
        [.. source.Hypers.Select(hyper => Value(hyper, random))],
        random.Next(4) == 0 ? s_steps[random.Next(s_steps.Length)] : (long)Math.Pow(10, 9 * random.NextDouble()),
        random.Next(2) == 0 ? 1 : Math.Pow(10, (14 * random.NextDouble()) - 8));

    /// <summary>Sets the properties of a rule.</summary>
    public void Apply(RuleSource source, object rule)
    {
        for (var i = 0; i < Hypers.Length; i++)
            rule.GetType().GetProperty(source.Hypers[i].Property)!.SetValue(rule, source.Hypers[i].Type == HyperType.Boolean ? Hypers[i] != 0 : Hypers[i]);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $" at t = {FirstStep} with {string.Join(", ", Hypers.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))} and gradients of {GradientSize}");

    private static double Value(HyperSource hyper, Random random)
    {
        if (hyper.Type == HyperType.Boolean)
            return random.Next(2);
        var value = random.Next(6) switch
        {
            0 => hyper.Min,
            1 => hyper.Max,
            2 => hyper.Min == 0 ? SmallestNumber : Math.BitIncrement(hyper.Min),
            3 => Math.BitDecrement(hyper.Max),
            4 => random.Next(-1, 3),
            _ => (random.Next(2) == 0 ? -1 : 1) * Math.Pow(10, (9 * random.NextDouble()) - 5),
        };
        return Math.Clamp(double.IsFinite(value) && Math.Abs(value) < 1e100 ? value : hyper.Default ?? 0, hyper.Min, hyper.Max);
    }
}
