using OptDsl.Exports.Tests.C;
using OptDsl.Exports.Tests.Python;
using OptDsl.Exports.Tests.Rules;
using OptDsl.Language.Backends.Jax;
using OptDsl.Language.Backends.PyTorch;

namespace OptDsl.Exports.Tests.Backends;

/// <summary>A language that rules are exported to, and all cases run in it.</summary>
/// <param name="Name">What readers call it.</param>
/// <param name="Missing">Why it cannot be run here; null where it can.</param>
/// <param name="Remedy">What has to be there.</param>
/// <param name="Run">Runs cases.</param>
internal sealed record Backend(string Name, Lazy<string?> Missing, string Remedy, Func<IReadOnlyList<ExportCase>, IReadOnlyList<Outcome>> Run)
{
    private readonly Dictionary<CaseSet, Lazy<IReadOnlyDictionary<string, Outcome>>> _outcomes = Enum.GetValues<CaseSet>().ToDictionary(
        set => set, set => new Lazy<IReadOnlyDictionary<string, Outcome>>(() => Cases.Of(set).Zip(Run(Cases.Of(set))).ToDictionary(pair => pair.First.Name, pair => pair.Second)));

    public static IReadOnlyList<Backend> All { get; } =
    [
        new("C", new(() => CLibrary.Missing), "gcc (Debian: apt install gcc)", CLibrary.Run),
        new("PyTorch", new(() => PythonProcess.Missing("torch")), "a Python with PyTorch (Debian: apt install python3-torch; or OPTDSL_PYTHON)", cases => PythonProcess.Run("run_torch.py", new TorchExport(), cases)),
        new("PyTorch foreach", new(() => PythonProcess.Missing("torch")), "a Python with PyTorch (Debian: apt install python3-torch; or OPTDSL_PYTHON)", cases => PythonProcess.Run("run_torch.py", new TorchExport(), cases, "foreach")),
        new("optax", new(() => PythonProcess.Missing("numpy")), "a Python with NumPy (Debian: apt install python3-numpy; or OPTDSL_PYTHON)", cases => PythonProcess.Run("run_jax.py", new JaxExport(), cases)),
    ];

    public static Backend Of(string name) => All.Single(backend => backend.Name == name);

    /// <summary>What a case came to.</summary>
    public Outcome this[CaseSet set, string name] => _outcomes[set].Value[name];

    public override string ToString() => Name;
}

/// <summary>Either the parameters after every step, tensor by tensor; or what stopped the run; or why there is no text to run.</summary>
internal sealed record Outcome(IReadOnlyList<double[]>? Results, string? Error, string? Refusal)
{
    /// <summary>The largest difference from what a case expects, relative to the largest magnitude of its parameters.</summary>
    public double WorstOf(IReadOnlyList<double[]> expected)
    {
        var scale = expected.Max(values => values.Max(Math.Abs));
        return expected.Zip(Results!).Max(pair => pair.First.Zip(pair.Second).Max(both => double.IsNaN(both.Second) ? double.PositiveInfinity : Math.Abs(both.First - both.Second))) / scale;
    }
}
