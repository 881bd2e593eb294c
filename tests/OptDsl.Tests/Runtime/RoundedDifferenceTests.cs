using OptDsl.Tests.Rules;

namespace OptDsl.Tests.Runtime;

/// <summary>
/// What OPT315 is about, in runs: with gradients that are much alike, and with such of both signs, rounded states never make a rule's steps a hundred
/// times as long as any without rounding, but for the rules that it names.
/// </summary>
public sealed class RoundedDifferenceTests(ITestOutputHelper output)
{
    private const int Length = 640;
    private const int Steps = 400;
    private static readonly float[] s_deviations = [float.PositiveInfinity, 0.3f, 0.1f, 0.03f, 0.01f];

    public static TheoryData<Storage> Narrow => [Storage.BFloat16, Storage.Block8];

    [Theory]
    [MemberData(nameof(Narrow))]
    public void Steps_stay_as_long_as_without_rounding_but_for_variances(Storage storage)
    {
        var broken = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var type in DeclaredRule.All)
        {
            foreach (var option in type.GetProperties().Where(property => property.PropertyType == typeof(bool) && property.CanWrite).Select(property => property.Name).Prepend(""))
            {
                if (!Create(type, option).Description.SupportsStorage)
                    continue;
                var (exact, rounded) = (LongestSteps(Create(type, option), Storage.Element), LongestSteps(Create(type, option), storage));
                if (Enumerable.Range(0, Length).Any(i => !(rounded[i] <= 100 * exact[i])))
                    broken.Add($"{type.Name} {option}".TrimEnd());
            }
        }

        output.WriteLine(string.Join(", ", broken));
        Assert.Equal(["RmsProp Centered", "RmsPropTF Centered"], broken);
    }

    [Theory]
    [MemberData(nameof(Narrow))]
    public void A_root_of_a_variance_becomes_no_number(Storage storage)
    {
        Assert.All(LongestSteps(new GravesRmsProp(), Storage.Element), step => Assert.True(float.IsFinite(step)));
        Assert.Contains(LongestSteps(new GravesRmsProp(), storage), float.IsNaN);
    }

    private static IUpdateRule<float> Create(Type type, string option)
    {
        var rule = (IUpdateRule<float>)Activator.CreateInstance(type)!;
        if (option != "")
            type.GetProperty(option)!.SetValue(rule, true);
        return rule;
    }

    /// <summary>How far a step of a run goes at most, for each element; NaN where one goes nowhere.</summary>
    private static float[] LongestSteps(IUpdateRule<float> rule, Storage storage)
    {
        var start = Enumerable.Range(0, Length).Select(i => i % 2 == 0 ? 1f : -0.5f).ToArray();
        var (weights, gradient, longest) = (new float[Length], new float[Length], new float[Length]);
        start.CopyTo(weights, 0);
        var optimizer = new Optimizer<float> { MaxDegreeOfParallelism = 1 };
        optimizer.Add(rule, new Parameter<float>("w", weights, gradient)).StoreStates(storage);
        var random = new Random(7);
        for (var step = 0; step < Steps; step++)
        {
            for (var i = 0; i < Length; i++)
            {
                var (wave, deviation) = ((2 * random.NextSingle()) - 1, s_deviations[i % s_deviations.Length]);
                gradient[i] = (1 + (i % 7 * 0.3f)) * (i % 3 == 0 ? -1 : 1) * (float.IsInfinity(deviation) ? wave : 1 + (deviation * wave));
            }

            var before = (float[])weights.Clone();
            optimizer.Step();
            for (var i = 0; i < Length; i++)
                longest[i] = float.IsNaN(longest[i]) || !float.IsFinite(weights[i]) ? float.NaN : Math.Max(longest[i], Math.Abs(weights[i] - before[i]));
        }

        return longest;
    }
}
