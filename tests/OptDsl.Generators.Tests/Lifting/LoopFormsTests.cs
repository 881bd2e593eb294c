using OptDsl.CodeFixes.Loops;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Lifting;

/// <summary>Each form of a loop becomes a rule that computes the same, or is left as it is.</summary>
public sealed partial class LoopFormsTests
{
    private const string Start = """
        using System;
        using System.Linq;
        internal sealed class Loop
        {
            public static double[] Run()
            {
                double[] w = [1, -2, 0.5], g = new double[3];
                var loop = new Loop();
                for (int step = 0; step < 20; step++)
                {
                    for (int k = 0; k < 3; k++) g[k] = Math.Sin((7 * step) + (3 * k)) * Math.Pow(10, k - 1);
                    loop.Step(w, g);
                }
                return [.. w, .. g];
            }

        """;

    [Theory]
    [MemberData(nameof(WithHeads))]
    [MemberData(nameof(WithBodies))]
    [MemberData(nameof(OverData))]
    [MemberData(nameof(LaidOut))]
    public async Task It_computes_the_same_as_a_rule(string form, string methods)
    {
        var source = Class(methods);
        var converted = await LoopActions.ApplyAsync(source, LoopRefactoringProvider.Convert);
        Assert.True(converted.Contains("[UpdateRule(", StringComparison.Ordinal), form);
        using var before = CompiledCode.Load(source.Replace("$$", "", StringComparison.Ordinal));
        using var after = CompiledCode.Load(converted);
        var (expected, found) = ((double[])before.Call("Loop", "Run")!, (double[])after.Call("Loop", "Run")!);
        for (var element = 0; element < expected.Length; element++)
            Assert.Equal(expected[element], found[element], 1e-12);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task It_stays_a_loop(string form, string methods)
    {
        var titles = await LoopActions.TitlesAsync(Class(methods));
        Assert.True(!titles.Contains(LoopRefactoringProvider.Convert) && titles.Contains(LoopRefactoringProvider.Explain), $"{form}: {string.Join(", ", titles)}");
    }

    [Theory]
    [MemberData(nameof(WithHeads))]
    [MemberData(nameof(WithBodies))]
    [MemberData(nameof(OverData))]
    [MemberData(nameof(LaidOut))]
    public async Task Its_formulas_can_be_written_above(string form, string methods)
    {
        var explained = await LoopActions.ApplyAsync(Class(methods), LoopRefactoringProvider.Explain);
        Assert.True(explained.Split('\n').Any(line => line.TrimStart().StartsWith("// ", StringComparison.Ordinal) && line.Contains(" = ", StringComparison.Ordinal)), form);
        using var code = CompiledCode.Load(explained);
    }

    private static string Class(string methods) => Start + methods + "\n}\n";
}
