using System.Text.Json;

namespace OptDsl.Tests.Golden;

/// <summary>A recorded trajectory of another implementation (see README.md beside this file).</summary>
public sealed class GoldenCase
{
    private readonly JsonElement _root;

    private GoldenCase(JsonElement root)
    {
        _root = root;
        Tensors = root.TryGetProperty("tensors", out var tensors)
            ? [.. tensors.EnumerateArray().Select(tensor => new GoldenTensor(root, tensor))]
            : [new GoldenTensor(root, root)];
    }

    /// <summary>The name of the case: that of its file.</summary>
    public string Name => _root.GetProperty("case").GetString()!;

    /// <summary>The name of the rule.</summary>
    public string Rule => _root.GetProperty("rule").GetString()!;

    /// <summary>True for a case in double precision, false for single.</summary>
    public bool IsDouble => _root.GetProperty("dtype").GetString() == "float64";

    /// <summary>The number of steps.</summary>
    public int Steps => _root.GetProperty("steps").GetInt32();

    /// <summary>All hyper-parameters of the oracle.</summary>
    public JsonElement Hyper => _root.GetProperty("hyper");

    /// <summary>The learning rate of each step, where it changes.</summary>
    public double[]? LearningRates => _root.TryGetProperty("lr_per_step", out var rates) ? GoldenFile.Doubles(rates) : null;

    /// <summary>The steps, from 1, whose weights are recorded.</summary>
    public int[] StepsStored => _root.TryGetProperty("steps_stored", out var steps)
        ? [.. steps.EnumerateArray().Select(step => step.GetInt32())]
        : [.. Enumerable.Range(1, Steps)];

    /// <summary>The tensors that were stepped together.</summary>
    public IReadOnlyList<GoldenTensor> Tensors { get; }

    /// <summary>The tolerance of the README for this case.</summary>
    public double Tolerance => (IsDouble, Steps > 12) switch
    {
        (true, false) => 1e-12,
        (true, true) => 1e-11,
        (false, false) => 2e-6,
        (false, true) => 4e-6,
    };

    /// <summary>Reads a case.</summary>
    /// <param name="name">Its name: <c>"adamw_wd"</c>.</param>
    public static GoldenCase Load(string name) => new(GoldenFile.Load(name));

    /// <summary>Reads a case that is no file.</summary>
    /// <param name="root">What a file would hold.</param>
    public static GoldenCase Of(JsonElement root) => new(root);

    /// <summary>A hyper-parameter of the oracle.</summary>
    public double HyperValue(string name) => Hyper.GetProperty(name).GetDouble();
}
