using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using OptDsl.CodeFixes.Edits;
using OptDsl.CodeFixes.Loops;
using OptDsl.Generators.Analyzers;
using OptDsl.Generators.Tests.Infrastructure;
using static OptDsl.Generators.Tests.Lifting.HandWrittenLoop;

namespace OptDsl.Generators.Tests.Lifting;

/// <summary>Slips in loops are mended where they stand, in the words of the code.</summary>
public sealed class LoopFixTests
{
    /// <summary>What is in the code by a slip, and what the fix puts there.</summary>
    public static TheoryData<string, string, string> Slips => new()
    {
        { "a root too many", "_m[i] / (1 - Math.Pow(beta1, _t))", "_m[i] / Math.Sqrt(1 - Math.Pow(beta1, _t))" },
        { "the other decay", "double vHat = _v[i] / (1 - Math.Pow(beta2, _t))", "double vHat = _v[i] / (1 - Math.Pow(beta1, _t))" },
        { "no root", "(Math.Sqrt(vHat) + eps)", "(vHat + eps)" },
        { "uphill", "weights[i] -= lr", "weights[i] += lr" },
        { "a weight of the wrong decay", "(1 - beta2) * grads[i] * grads[i]", "(1 - beta1) * grads[i] * grads[i]" },
        { "a decay for a weight", "(1 - beta1) * grads[i]", "beta1 * grads[i]" },
    };

    [Theory]
    [MemberData(nameof(Slips))]
    public async Task A_slip_is_mended_in_the_code(string name, string right, string slip)
    {
        var source = Adam.Replace(right, slip, StringComparison.Ordinal);
        Assert.True(source != Adam, name);
        var mended = await MendAsync(source);
        Assert.True(mended.Contains(Adam), string.Join("\n----\n", mended));
    }

    [Fact]
    public async Task Corrections_that_are_missing_are_written_with_the_count_that_is_there() => Assert.Contains(
        Adam, await MendAsync(Adam
            .Replace("            double vHat = _v[i] / (1 - Math.Pow(beta2, _t));\n", "", StringComparison.Ordinal)
            .Replace("Math.Sqrt(vHat)", "Math.Sqrt(_v[i])", StringComparison.Ordinal)));

    [Fact]
    public async Task A_loop_that_counts_nothing_gets_a_count()
    {
        const string Loop = """
            using System;
            internal sealed class Adam
            {
                private readonly float[] _m = new float[9], _v = new float[9];

                public void Step(float[] weights, float[] grads, float lr = 0.001f, float beta1 = 0.9f, float beta2 = 0.999f, float eps = 1e-8f)
                {
                    for (int i = 0; i < weights.Length; i++)
                    {
                        _m[i] = beta1 * _m[i] + (1 - beta1) * grads[i];
                        _v[i] = beta2 * _v[i] + (1 - beta2) * grads[i] * grads[i];
                        weights[i] -= lr * _m[i] / (MathF.Sqrt(_v[i]) + eps);
                    }
                }
            }
            """;
        var mended = await MendAsync(Loop);
        var wanted = Loop
            .Replace("    public void Step", "    private int _step;\n\n    public void Step", StringComparison.Ordinal)
            .Replace("        for (", "        _step++;\n        for (", StringComparison.Ordinal)
            .Replace("            weights[i] -= lr * _m[i]", "            float vHat = _v[i] / (1 - MathF.Pow(beta2, _step));\n            float mHat = _m[i] / (1 - MathF.Pow(beta1, _step));\n            weights[i] -= lr * mHat", StringComparison.Ordinal)
            .Replace("MathF.Sqrt(_v[i])", "MathF.Sqrt(vHat)", StringComparison.Ordinal);
        Assert.True(mended.Contains(wanted), string.Join("\n----\n", mended));
    }

    [Fact]
    public async Task A_count_that_begins_anew_is_kept() => Assert.Contains(
        Adam.Replace("    private int _t;\n\n", "", StringComparison.Ordinal).Replace("    public void Step", "\n    private int _t;\n\n    public void Step", StringComparison.Ordinal),
        await MendAsync(Adam.Replace("        _t++;", "        int _t = 0;\n        _t++;", StringComparison.Ordinal).Replace("    private int _t;\n", "", StringComparison.Ordinal)));

    [Fact]
    public async Task A_count_that_nothing_steps_is_stepped() => Assert.Contains(
        Adam, await MendAsync(Adam.Replace("        _t++;\n", "", StringComparison.Ordinal).Replace("private int _t;", "private int _t = 1;", StringComparison.Ordinal)));

    [Fact]
    public async Task A_count_of_elements_is_moved() => Assert.Contains(
        Adam, await MendAsync(Adam.Replace("        _t++;\n", "", StringComparison.Ordinal).Replace("            _m[i] = ", "            _t++;\n            _m[i] = ", StringComparison.Ordinal)));

    [Fact]
    public async Task A_quotient_of_whole_numbers_keeps_its_fraction() => Assert.Contains(
        Adam.Replace("        _t++;", "        _t++;\n        lr *= 1 - (double)_t / 1000;", StringComparison.Ordinal),
        await MendAsync(Adam.Replace("        _t++;", "        _t++;\n        lr *= 1 - _t / 1000;", StringComparison.Ordinal)));

    [Fact]
    public async Task States_that_are_made_anew_become_fields()
    {
        var source = Adam.Replace("    private readonly double[] _m = new double[9], _v = new double[9];\n", "", StringComparison.Ordinal)
            .Replace("        _t++;\n", "        _t++;\n        var _m = new double[weights.Length];\n        var _v = new double[weights.Length];\n", StringComparison.Ordinal);
        var wanted = source
            .Replace("        var _m = new double[weights.Length];", "        if (_m.Length != weights.Length)\n            _m = new double[weights.Length];", StringComparison.Ordinal)
            .Replace("        var _v = new double[weights.Length];", "        if (_v.Length != weights.Length)\n            _v = new double[weights.Length];", StringComparison.Ordinal)
            .Replace("    public void Step", "    private double[] _m = new double[0];\n\n    private double[] _v = new double[0];\n\n    public void Step", StringComparison.Ordinal);
        var mended = await MendAsync(source);
        Assert.True(mended.Contains(wanted), string.Join("\n----\n", mended));
    }

    [Fact]
    public async Task A_state_on_the_stack_becomes_a_field() => Assert.Contains(
        Adam.Replace("    public void Step", "    private double[] _m = new double[9];\n\n    public void Step", StringComparison.Ordinal).Replace("_m = new double[9], ", "", StringComparison.Ordinal),
        await MendAsync(Adam.Replace("_m = new double[9], ", "", StringComparison.Ordinal).Replace("        _t++;\n", "        Span<double> _m = stackalloc double[9];\n        _t++;\n", StringComparison.Ordinal)));

    /// <summary>What each fix of the first diagnostic makes of the code.</summary>
    private static async Task<List<string>> MendAsync(string source)
    {
        var document = EditorWorkspace.NewProject().AddDocument("Test.cs", SourceText.From(source));
        var compilation = (await document.Project.GetCompilationAsync(TestContext.Current.CancellationToken))!;
        var diagnostics = await compilation.WithAnalyzers([new LoopAnalyzer()]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.NotEmpty(diagnostics);
        var results = new List<string>();
        foreach (var fix in await new LoopFixProvider().FindAsync(document, diagnostics[0], TestContext.Current.CancellationToken))
        {
            var mended = await TextEdits.ApplyAsync(document, [fix.Changes], TestContext.Current.CancellationToken);
            results.Add((await mended.GetTextAsync(TestContext.Current.CancellationToken)).ToString());
        }

        return results;
    }
}
