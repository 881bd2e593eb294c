using System.Globalization;
using OptDsl.Tests.Golden;

namespace OptDsl.Tests.Rules;

/// <summary>
/// The options of the oracles, which the recorded cases list in full: every one has a property, and its default is a value
/// that some case leaves as it is, unless it is listed with its reason.
/// </summary>
public sealed class DefaultTests
{
    /// <summary>The defaults that no recorded case has, as the oracles' constructors state them.</summary>
    private static readonly Dictionary<string, double> s_signatures = new()
    {
        ["Sgd.LearningRate"] = 1e-3,
        ["Momentum.LearningRate"] = 1e-3,
        ["SgdW.LearningRate"] = 1e-3,
        ["SgdW.WeightDecay"] = 0,
        ["SgdW.Nesterov"] = 0,
        ["Qhm.LearningRate"] = 1e-3,
        ["Qhm.WeightDecay"] = 0,
        ["AggMo.LearningRate"] = 1e-3,
        ["Lars.LearningRate"] = 1,
        ["AdaGrad.LearningRate"] = 1e-2,
        ["Adam.LearningRate"] = 1e-3,
        ["AdamW.LearningRate"] = 1e-3,
        ["AdaMax.LearningRate"] = 2e-3,
        ["NAdam.LearningRate"] = 2e-3,
        ["NAdamW.LearningRate"] = 1e-3,
        ["RAdam.LearningRate"] = 1e-3,
        ["AdaBelief.LearningRate"] = 1e-3,
        ["AdaBound.LearningRate"] = 1e-3,
        ["DiffGrad.LearningRate"] = 1e-3,
        ["LaProp.LearningRate"] = 4e-4,
        ["Adopt.LearningRate"] = 1e-3,
        ["Lion.LearningRate"] = 1e-4,
        ["Lamb.LearningRate"] = 1e-3,
        ["NovoGrad.LearningRate"] = 1e-3,
        ["Mars.LearningRate"] = 3e-3,
        ["Adafactor.LearningRate"] = 1e-2,

        // No oracle's: it has the element type's machine epsilon, which a hyper-parameter cannot depend on; this is float's.
        ["Adafactor.Epsilon1"] = 1.1920928955078125e-7,

        // No oracle's: it has 1, too large without the schedule that belongs to it.
        ["AdafactorBV.LearningRate"] = 1e-2,

        // No oracle's: it names none; the paper's rule of thumb.
        ["Qhm.Momentum"] = 0.999,
    };

    public static TheoryData<string> Rules => [.. GoldenClaims.All.Select(claim => claim.Rule.Name).Distinct()];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Defaults_are_the_oracles(string rule)
    {
        var seen = new Dictionary<string, (double Default, List<double> Values)>();
        foreach (var claim in GoldenClaims.All.Where(claim => claim.Rule.Name == rule))
        {
            foreach (var name in GoldenFile.CaseNames)
            {
                var golden = GoldenCase.Load(name);
                foreach (var tensor in golden.Tensors.Where(tensor => GoldenClaims.Of(golden, tensor) == claim))
                    Collect(claim, GoldenClaims.OptionsOf(golden, tensor), seen);
            }
        }

        foreach (var (property, (value, recorded)) in seen)
        {
            var signature = s_signatures.TryGetValue($"{rule}.{property}", out var stated) ? stated : (double?)null;
            Assert.True(
                signature is null ? recorded.Contains(value) : signature == value,
                string.Create(CultureInfo.InvariantCulture, $"{rule}.{property} is {value} by default; stated {signature}, recorded {string.Join(" ", recorded.Distinct())}."));
        }
    }

    /// <summary>As in PyTorch: without zero gradients nothing is divided by zero.</summary>
    [Fact]
    public void An_epsilon_may_be_zero()
    {
        float[] W = [1, -2], g = [0.5f, -3], m = [0, 0], v = [0, 0];
        new OptDsl.Rules.AdamW { Epsilon = 0, WeightDecay = 0, LearningRate = 0.125 }.Update(1, W, g, m, v);
        Assert.Equal([0.875f, -1.875f], W);
    }

    /// <summary>Notes, for each property, its default and its value for the case, by setting it from the case's options.</summary>
    private static void Collect(GoldenClaim claim, GoldenOptions options, Dictionary<string, (double Default, List<double> Values)> seen)
    {
        var defaults = Activator.CreateInstance(claim.Rule)!;
        var recorded = claim.Create(options with { LearningRates = null });
        foreach (var property in DeclaredRule.Hypers(claim.Rule))
        {
            if (!seen.TryGetValue(property.Name, out var entry))
                seen[property.Name] = entry = (DeclaredRule.ValueAt(defaults, property, 1), []);
            entry.Values.Add(DeclaredRule.ValueAt(recorded, property, 1));
        }
    }
}
