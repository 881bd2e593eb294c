using OptDsl.Exports.Tests.Rules;

namespace OptDsl.Exports.Tests.Python;

internal static class Comparison
{
    /// <summary>The largest difference, relative to the largest magnitude of the parameters.</summary>
    public static void Check(string name, PythonResult result)
    {
        Assert.Null(result.Error);
        Check(name, result.Results!);
    }

    public static void Check(string name, IReadOnlyList<double[]> actual)
    {
        var expected = ExportCase.All.Single(item => item.Name == name).Expected();
        var scale = expected.Max(values => values.Max(Math.Abs));
        for (var i = 0; i < expected.Count; i++)
        {
            for (var j = 0; j < expected[i].Length; j++)
                Assert.True(Math.Abs(expected[i][j] - actual[i][j]) <= 1e-10 * scale, $"step {1 + i / ExportCase.Lengths.Length}, tensor {i % ExportCase.Lengths.Length}, element {j}: {actual[i][j]} instead of {expected[i][j]}");
        }
    }
}
