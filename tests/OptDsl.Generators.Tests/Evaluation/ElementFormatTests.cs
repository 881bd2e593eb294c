using OptDsl.Language.Formulas.Evaluation;

namespace OptDsl.Generators.Tests.Evaluation;

public sealed class ElementFormatTests
{
    [Fact]
    public void Half_rounds_as_the_framework_does()
    {
        var random = new Random(1);
        for (var trial = 0; trial < 100_000; trial++)
        {
            var value = (random.NextDouble() - 0.5) * Math.Pow(2, random.Next(-30, 18));
            Assert.Equal((double)(Half)value, ElementFormat.Half.Round(value));
        }
    }

    [Theory]
    [InlineData(65519.99, 65504)]
    [InlineData(65520, double.PositiveInfinity)]
    [InlineData(-1e9, double.NegativeInfinity)]
    [InlineData(5.9604644775390625E-08, 5.9604644775390625E-08)]
    [InlineData(2.98e-8, 0)]
    public void Half_ends_where_binary16_ends(double value, double expected) => Assert.Equal(expected, ElementFormat.Half.Round(value));

    [Fact]
    public void Limits_are_those_of_the_types()
    {
        Assert.Equal((double)float.Epsilon, ElementFormat.Single.Smallest);
        Assert.Equal(double.Epsilon, ElementFormat.Double.Smallest);
        Assert.Equal((double)Half.Epsilon, ElementFormat.Half.Smallest);
        Assert.Equal(Math.Pow(2, -24), ElementFormat.Single.UnitRoundoff);
    }
}
