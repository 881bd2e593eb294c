using OptDsl.Tests.Golden;

namespace OptDsl.Tests.Rules;

/// <summary>Every recorded trajectory of the rules of the library: weights and final states, in the precision of the recording.</summary>
public sealed class GoldenRuleTests
{
    public static TheoryData<string> Cases => [.. GoldenFile.CaseNames];

    public static TheoryData<string> CasesInDouble => [.. GoldenFile.CaseNames.Where(name => GoldenCase.Load(name).IsDouble)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Formulas_agree_with_the_recorded_case(string name)
    {
        var golden = GoldenCase.Load(name);
        Check(golden, golden.IsDouble
            ? GoldenRun.Of<double>(golden, rule => new InterpretedRule(rule))
            : GoldenRun.Of<float>(golden, rule => new InterpretedRule(rule)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Kernels_agree_with_the_recorded_case(string name)
    {
        var golden = GoldenCase.Load(name);
        Check(golden, golden.IsDouble
            ? GoldenRun.Of(golden, rule => (IUpdateRule<double>)rule)
            : GoldenRun.Of(golden, rule => (IUpdateRule<float>)rule));
    }

    [Theory]
    [MemberData(nameof(CasesInDouble))]
    public void Kernels_in_float_follow_the_case_recorded_in_double(string name)
    {
        var golden = GoldenCase.Load(name);
        var differences = GoldenRun.Of(golden, rule => (IUpdateRule<float>)rule);
        Assert.All(differences, difference => Assert.True(difference.Weights <= 1e-5, $"{difference.Claim}: {difference.Weights:E1}. {difference.Where}"));
    }

    private static void Check(GoldenCase golden, IReadOnlyList<GoldenDifference> differences)
    {
        foreach (var tensor in golden.Tensors)
        {
            Assert.True(
                GoldenClaims.IsLeftOut(golden, tensor) || differences.Any(difference => difference.Tensor == tensor),
                $"No rule of the library computes {golden.Name}.");
        }

        foreach (var difference in differences)
        {
            Assert.True(
                difference.Worst <= golden.Tolerance,
                $"{difference.Claim}: weights {difference.Weights:E1}, states {difference.States:E1}, allowed {golden.Tolerance:E0}. {difference.Where}");
        }
    }
}
