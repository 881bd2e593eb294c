using OptDsl.Exports.Tests.Rules;
using OptDsl.Language.Backends.Jax;

namespace OptDsl.Exports.Tests.Python;

/// <summary>The exported gradient transformations against the kernels, by NumPy's semantics.</summary>
public sealed class JaxExportTests
{
    private static readonly Lazy<string?> s_missing = new(() => PythonProcess.Missing("numpy"));
    private static readonly Lazy<IReadOnlyDictionary<string, PythonResult>> s_results = new(() => PythonProcess.RunAll("run_jax.py", new JaxExport(), ExportCase.All));

    public static TheoryData<string> Names => [.. ExportCase.All.Select(item => item.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Computes_what_the_kernels_compute(string name)
    {
        Tool.Require(s_missing.Value, "a Python with NumPy (Debian: apt install python3-numpy; or OPTDSL_PYTHON)");
        Comparison.Check(name, s_results.Value[name]);
    }
}
