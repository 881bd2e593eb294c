using System.Collections.Immutable;

namespace OptDsl.Language.Checks;

/// <summary>Gradients over some steps for a tensor of three elements, to see whether a rule survives them.</summary>
/// <param name="Name">What they are, as said after "with".</param>
/// <param name="Parameter">The starting values.</param>
/// <param name="Steps">How many steps.</param>
/// <param name="Gradient">The gradient at a step that counts from 0.</param>
/// <param name="IsFinePrint">True where even the narrowest format must hold.</param>
internal sealed record Scenario(string Name, ImmutableArray<double> Parameter, int Steps, Func<int, double[]> Gradient, bool IsFinePrint)
{
    private static readonly ImmutableArray<double> s_ordinary = [1, -2, 0.5];
    private static readonly ImmutableArray<double> s_zero = [0, 0, 0];

    public static ImmutableArray<Scenario> All { get; } =
    [
        new("zero gradients", s_ordinary, 5, _ => [0, 0, 0], IsFinePrint: true),
        new("zero weights and zero gradients", s_zero, 3, _ => [0, 0, 0], IsFinePrint: true),
        new("zero weights", s_zero, 5, step => [0.5, 0.1 * step, -0.3], IsFinePrint: true),
        new("a single gradient and then zeros", s_ordinary, 25, step => step == 0 ? [0.5, 0, -1] : [0, 0, 0], IsFinePrint: true),
        new("a constant gradient", s_ordinary, 40, _ => [0.5, -0.01, 2], IsFinePrint: false),
        new("varying gradients", s_ordinary, 40, step => [Wave(step), 0, -Wave(step + 40)], IsFinePrint: false),
    ];

    /// <summary>Those that start in a domain: with weights of one sign, or not all of them zero.</summary>
    public static IEnumerable<Scenario> Of(WeightDomain domain) => domain == WeightDomain.All
        ? All
        : All.Where(scenario => scenario.Parameter != s_zero).Select(scenario => scenario with { Parameter = [.. scenario.Parameter.Select(Math.Abs)] });

    /// <summary>Irregular values between -1 and 1.</summary>
    public static double Wave(int step)
    {
        var wave = Math.Sin((step * 12.9898) + 0.7) * 437.585;
        return (2 * (wave - Math.Floor(wave))) - 1;
    }
}
