namespace OptDsl.Tests.Golden;

public sealed class GoldenCaseTests
{
    [Fact]
    public void Every_case_of_the_index_can_be_read()
    {
        var names = GoldenFile.CaseNames.ToList();
        Assert.True(names.Count > 95, $"{names.Count} cases");
        foreach (var name in names.Concat(MatrixTexts.Cases))
        {
            var golden = GoldenCase.Load(name);
            Assert.Equal(name, golden.Name);
            foreach (var tensor in golden.Tensors)
            {
                Assert.Equal(golden.Steps, tensor.Gradients.Length);
                Assert.Equal(golden.StepsStored.Length, tensor.Weights.Length);
                Assert.Equal(tensor.Start.Length, tensor.Shape.Aggregate(1, (product, dimension) => product * dimension));
                Assert.All(tensor.Gradients, gradient => Assert.Equal(tensor.Start.Length, gradient.Length));
            }
        }
    }

    [Theory]
    [InlineData("adam_long")]
    [InlineData("adam_long_f32")]
    [InlineData("radam_long")]
    [InlineData("soap_freq10_long")]
    [InlineData("shampoo_interval10_long")]
    public void Generated_gradients_are_those_of_the_oracle(string name)
    {
        var expected = GoldenFile.Load(name).GetProperty("grads_first2").EnumerateArray().Select(row => GoldenFile.Doubles(row, single: name.EndsWith("f32", StringComparison.Ordinal))).ToArray();
        var gradients = GoldenCase.Load(name).Tensors[0].Gradients;
        Assert.Equal(expected[0], gradients[0]);
        Assert.Equal(expected[1], gradients[1]);
    }
}
