using OptDsl.Exports.Tests.Rules;
using OptDsl.Language.Backends.PyTorch;

namespace OptDsl.Exports.Tests.Python;

/// <summary>The exported PyTorch classes against the kernels, where a PyTorch is.</summary>
public sealed class TorchExportTests
{
    private static readonly Lazy<string?> s_missing = new(() => PythonProcess.Missing("torch"));
    private static readonly Lazy<IReadOnlyDictionary<string, PythonResult>> s_results = new(() => PythonProcess.RunAll("run_torch.py", new TorchExport(), ExportCase.All));

    public static TheoryData<string> Names => [.. ExportCase.All.Select(item => item.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Computes_what_the_kernels_compute(string name)
    {
        Tool.Require(s_missing.Value, "a Python with PyTorch (Debian: apt install python3-torch; or OPTDSL_PYTHON)");
        Comparison.Check(name, s_results.Value[name]);
    }
}
