using System.Globalization;
using OptDsl.Kernels;

namespace OptDsl.Tests.Kernels;

public sealed class RuleChecksTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void Step_below_one_is_refused(long step)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => RuleChecks.Step(step, "t"));

        Assert.Equal("t", error.ParamName);
    }

    [Theory]
    [InlineData(double.NaN, 0, 1, "Decay must be from 0 to 1.")]
    [InlineData(-0.1, 0, double.PositiveInfinity, "Decay must be at least 0.")]
    [InlineData(1.5, double.NegativeInfinity, 1.25, "Decay must be at most 1.25.")]
    [InlineData(double.NaN, double.NegativeInfinity, double.PositiveInfinity, "Decay must be a number.")]
    public void Hyper_parameter_out_of_range_is_refused_by_the_name_of_its_property(double value, double min, double max, string message)
    {
        var usual = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(() => RuleChecks.Hyper(value, min, max, "Decay"));
            Assert.Equal("Decay", error.ParamName);
            Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = usual;
        }
    }

    [Fact]
    public void Hyper_parameter_on_its_bounds_is_legal()
    {
        Assert.Equal(0, RuleChecks.Hyper(0, 0, 1, "Decay"));
        Assert.Equal(1, RuleChecks.Hyper(1, 0, 1, "Decay"));
        Assert.Equal(double.PositiveInfinity, RuleChecks.Hyper(double.PositiveInfinity, 0, double.PositiveInfinity, "Decay"));
    }

    [Fact]
    public void Missing_schedule_is_refused_by_the_name_of_its_property()
    {
        var error = Assert.Throws<ArgumentNullException>(() => RuleChecks.Hyper((Schedule?)null, 1, 0, 1, "LearningRate"));

        Assert.Equal("LearningRate", error.ParamName);
    }

    [Fact]
    public void Different_lengths_are_refused_with_both()
    {
        var error = Assert.Throws<ArgumentException>(() => RuleChecks.SameLength("W", 4, "g'", 3, "gPrime"));

        Assert.Equal("gPrime", error.ParamName);
        Assert.Contains("g' has 3 elements and W has 4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Overlap_is_refused_and_neighbourhood_is_not()
    {
        var memory = new float[8];
        RuleChecks.Separate<float>("W", memory.AsSpan(0, 4), "v", memory.AsSpan(4, 4), "v");
        RuleChecks.Separate<float>("W", memory.AsSpan(4, 4), "v", memory.AsSpan(0, 4), "v");
        RuleChecks.Separate<float>("W", memory.AsSpan(0, 4), "v", memory.AsSpan(2, 0), "v");
        RuleChecks.Separate<float>("W", memory.AsSpan(2, 0), "v", memory.AsSpan(0, 4), "v");
        RuleChecks.Separate<float>("W", [], "v", memory, "v");
        RuleChecks.Separate<float>("W", [], "v", [], "v");

        Assert.Throws<ArgumentException>(() => RuleChecks.Separate<float>("W", memory, "v", memory, "v"));
        Assert.Throws<ArgumentException>(() => RuleChecks.Separate<float>("W", memory, "v", memory.AsSpan(7), "v"));
        Assert.Throws<ArgumentException>(() => RuleChecks.Separate<float>("W", memory.AsSpan(7), "v", memory, "v"));
        Assert.Throws<ArgumentException>(() => RuleChecks.Separate<float>("W", memory.AsSpan(3, 4), "v", memory.AsSpan(0, 4), "v"));
        var error = Assert.Throws<ArgumentException>(() => RuleChecks.Separate<float>("W", memory.AsSpan(0, 4), "v", memory.AsSpan(3, 4), "v"));

        Assert.Contains("W and v overlap", error.Message, StringComparison.Ordinal);
    }
}
