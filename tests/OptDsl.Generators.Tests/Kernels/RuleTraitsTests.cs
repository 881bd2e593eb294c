using System.Collections.Immutable;
using OptDsl.Generators.Tests.Formulas;
using OptDsl.Language.Backends.CSharp;
using OptDsl.Language.Formulas;

namespace OptDsl.Generators.Tests.Kernels;

public sealed class RuleTraitsTests
{
    [Theory]
    [InlineData("W = W - ηg", 1.0)]
    [InlineData("W = W - ηg|g|", 2.0)]
    [InlineData("W = W - η sign(g)", 0.0)]
    [InlineData("W = W - η g/√|g|", 0.5)]
    [InlineData("W = W - η tanh(g)", null)]
    public void The_degree_in_the_gradient_is_measured(string formulas, double? degree) =>
        Assert.Equal(degree, Traits(formulas).GradientDegree);

    [Theory]
    [InlineData("W = W - ηg", 1.0)]
    [InlineData("W = W - η²g", 2.0)]
    [InlineData("W = W - 0.1g", 0.0)]
    [InlineData("W = W - (η + 0.1)g", null)]
    public void The_degree_in_the_step_size_is_measured(string formulas, double? degree) =>
        Assert.Equal(degree, Traits(formulas).StepSizeDegree);

    [Fact]
    public void Without_a_schedule_there_is_no_degree_in_the_step_size() =>
        Assert.Null(RuleTraits.Of(Rule.Model(Rule.Source("W = W - ηg", hypers: "η"))).StepSizeDegree);

    [Fact]
    public void A_rule_that_leaves_its_parameter_alone_has_no_degrees()
    {
        var traits = RuleTraits.Of(Rule.Model(Rule.Source("v = 0.9v + 0.1g", states: "v")));
        Assert.Equal(new RuleTraits(null, null, false, false), traits);
    }

    [Theory]
    [InlineData("W = W - ηg / (1 - β^t)", true)]
    [InlineData("W = W - ηg / (1 - β)", false)]
    [InlineData("W = W - η 0.96^t g", false)]
    public void A_decay_to_the_power_of_the_step_is_a_bias_correction(string formulas, bool expected) =>
        Assert.Equal(expected, Traits(formulas).HasBiasCorrection);

    [Theory]
    [InlineData("W = W - ηg / (|g| + ε)", true)]
    [InlineData("W = W - ηg / max(|g|, ε)", true)]
    [InlineData("d = g² + ε; W = W - ηg / √d", true)]
    [InlineData("W = W - ηg / (|g| + β)", false)]
    [InlineData("W = W - ηg / |g| + ε", false)]
    [InlineData("W = W - ηg / (1 + ε)", false)]
    [InlineData("W = W - ηg / (|g| + εW²)", false)]
    public void A_small_hyper_parameter_in_a_denominator_is_an_epsilon(string formulas, bool expected) =>
        Assert.Equal(expected, Traits(formulas).HasEpsilon);

    private static RuleTraits Traits(string formulas)
    {
        HyperSource[] hypers =
        [
            new("η", "LearningRate", HyperType.Schedule, 0, 1, 0.01),
            new("β", "Beta", HyperType.Double, 0, 1, 0.9),
            new("ε", "Epsilon", HyperType.Double, 0, 1, 1e-8),
        ];
        var source = Rule.Source(formulas) with { Hypers = hypers.ToImmutableArray() };
        return RuleTraits.Of(Rule.Model(source));
    }
}
