using OptDsl.Exports.Tests.Python;
using OptDsl.Exports.Tests.Rules;
using OptDsl.Tests.Rules;

namespace OptDsl.Exports.Tests.C;

/// <summary>The exported C, compiled, against the kernels.</summary>
public sealed class CExportTests
{
    public static TheoryData<string> Names => [.. ExportCase.All.Select(item => item.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Computes_what_the_kernels_compute(string name)
    {
        Tool.Require(CLibrary.Missing, "gcc (Debian: apt install gcc)");
        var item = ExportCase.All.Single(item => item.Name == name);
        Comparison.Check(name, CLibrary.Instance.Run(
            item.Rule,
            [.. DeclaredRule.Hypers(item.Rule).Select(hyper => item.Hypers[hyper.Name])],
            [.. ExportCase.Lengths.Select((_, i) => ExportCase.Parameter(i))],
            [.. Enumerable.Range(0, ExportCase.Steps).Select(step => ExportCase.Lengths.Select((_, i) => ExportCase.Gradient(i, step)).ToArray())]));
    }
}
