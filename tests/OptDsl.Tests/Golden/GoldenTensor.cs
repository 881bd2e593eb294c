using System.Text.Json;

namespace OptDsl.Tests.Golden;

/// <summary>One tensor of a <see cref="GoldenCase"/>: where it starts, its gradients, and the weights after each stored step.</summary>
public sealed class GoldenTensor
{
    private readonly JsonElement _tensor;
    private readonly bool _single;

    internal GoldenTensor(JsonElement root, JsonElement tensor)
    {
        _tensor = tensor;
        _single = root.GetProperty("dtype").GetString() == "float32";
        Shape = [.. tensor.GetProperty("shape").EnumerateArray().Select(dimension => dimension.GetInt32())];
        Start = GoldenFile.Doubles(tensor.GetProperty("w0"), _single);
        Weights = Rows(tensor.GetProperty("w"));
        Gradients = tensor.TryGetProperty("grads", out var gradients) ? Rows(gradients)
            : tensor.TryGetProperty("grad_seed", out var seed) ? GenerateMatrices(root, seed.GetUInt64(), Shape[0], Start.Length) : Generate(root);
    }

    /// <summary>The dimensions.</summary>
    public int[] Shape { get; }

    /// <summary>The weights before the first step.</summary>
    public double[] Start { get; }

    /// <summary>The gradient of each step; entry 0 is step 1.</summary>
    public double[][] Gradients { get; }

    /// <summary>The weights after each of the <see cref="GoldenCase.StepsStored"/>.</summary>
    public double[][] Weights { get; }

    /// <summary>The hyper-parameters that differ for this tensor, or null.</summary>
    public JsonElement? HyperOverride => _tensor.TryGetProperty("hyper_override", out var hyper) ? hyper : null;

    /// <summary>The names of the oracle's states that are set.</summary>
    public IEnumerable<string> FinalStateNames =>
        _tensor.GetProperty("states_final").EnumerateObject().Where(state => state.Value.ValueKind != JsonValueKind.Null).Select(state => state.Name);

    /// <summary>A state of the oracle after the last step.</summary>
    public double[] FinalState(string name) => GoldenFile.Doubles(_tensor.GetProperty("states_final").GetProperty(name), _single);

    private double[][] Rows(JsonElement rows) => [.. rows.EnumerateArray().Select(row => GoldenFile.Doubles(row, _single))];

    /// <summary>The gradients of long cases of matrices: one draw an element, the rows scaled by 1, ½ and ¼ in turn.</summary>
    private static double[][] GenerateMatrices(JsonElement root, ulong seed, int rows, int count)
    {
        var bits = root.GetProperty("dtype").GetString() == "float64" ? 53 : 24;
        var gradients = new double[root.GetProperty("steps").GetInt32()][];
        for (var step = 0; step < gradients.Length; step++)
            gradients[step] = [.. Enumerable.Range(0, count).Select(index => Math.ScaleB((2 * Next(ref seed, bits)) - 1, -(index / (count / rows) % 3)))];
        return gradients;
    }

    private static double Next(ref ulong state, int bits)
    {
        state = unchecked((6364136223846793005UL * state) + 1442695040888963407UL);
        return (state >> (64 - bits)) / Math.ScaleB(1, bits);
    }

    // The generator of the long cases, as README.md defines it: exact in floating point.
    private static double[][] Generate(JsonElement root)
    {
        var bits = root.GetProperty("dtype").GetString() == "float64" ? 53 : 24;
        var state = root.GetProperty("grad_generator").GetProperty("seed").GetUInt64();
        var gradients = new double[root.GetProperty("steps").GetInt32()][];
        for (var step = 0; step < gradients.Length; step++)
        {
            var u = new double[5];
            for (var i = 0; i < u.Length; i++)
                u[i] = Next(ref state, bits);

            gradients[step] =
            [
                (2 * u[0]) - 1, 0 * ((2 * u[1]) - 1), Math.ScaleB((2 * u[2]) - 1, -20), Math.ScaleB((2 * u[3]) - 1, 10), u[4],
            ];
        }

        return gradients;
    }
}
