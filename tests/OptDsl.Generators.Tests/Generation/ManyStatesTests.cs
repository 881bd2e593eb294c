using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Generation;

/// <summary>What is generated grows with the rule, not with the pairs of its states, and the check finds every pair all the same.</summary>
public sealed class ManyStatesTests
{
    [Theory]
    [InlineData("")]
    [InlineData(", Per = OptDsl.Per.Tensor")]
    public void Generated_text_grows_as_the_states_do(string more)
    {
        var (small, large) = (GeneratorRun.Of(Rule(50, more)).Text.Length, GeneratorRun.Of(Rule(200, more)).Text.Length);
        Assert.True(large < 4.5 * small, $"{small} and {large} characters");
    }

    [Fact]
    public void Every_pair_of_many_buffers_is_compared()
    {
        const int count = 12;
        using var code = CompiledCode.Load(Rule(count, ""), Rule(count, ", Per = OptDsl.Per.Tensor"), $$"""
            using System;
            public static class Driver
            {
                public static void Spans(int[] starts, int length)
                {
                    var memory = new double[1000];
                    new Rule{{count}}().Update(1, memory.AsSpan(starts[0], length), memory.AsSpan(starts[1], length), {{string.Join(", ", Enumerable.Range(2, count).Select(i => $"memory.AsSpan(starts[{i}], length)"))}});
                }

                public static void Numbers(int[] at)
                {
                    var memory = new double[100];
                    double[] w = [1], g = [1];
                    new Rule{{count}}OfTensors().Update(1, w, g, {{string.Join(", ", Enumerable.Range(0, count).Select(i => $"ref memory[at[{i}]]"))}});
                }
            }
            """);
        int[] apart = [.. Enumerable.Range(0, count + 2).Select(i => 7 * i)];
        code.Call("Driver", "Spans", apart, 7);
        code.Call("Driver", "Spans", Enumerable.Repeat(3, count + 2).ToArray(), 0);
        code.Call("Driver", "Numbers", Enumerable.Range(0, count).ToArray());
        for (var i = 0; i < count + 2; i++)
        {
            for (var j = i + 1; j < count + 2; j++)
            {
                int[] starts = [.. apart];
                starts[j] = starts[i] + (i + j) % 7;
                var error = Assert.Throws<ArgumentException>(() => code.Call("Driver", "Spans", starts, 7));
                Assert.Contains("overlap in memory", error.Message, StringComparison.Ordinal);
                if (j >= count)
                    continue;
                int[] at = [.. Enumerable.Range(0, count)];
                at[j] = at[i];
                Assert.Equal($"s{j}", Assert.Throws<ArgumentException>(() => code.Call("Driver", "Numbers", at)).ParamName);
            }
        }
    }

    private static string Rule(int count, string more) => string.Concat(
        "/// <summary>A rule.</summary>\n[OptDsl.UpdateRule(\"",
        string.Concat(Enumerable.Range(0, count).Select(i => more == "" ? $"s{i} = 0.9·s{i} + g; " : $"s{i} = 0.9·s{i} + ‖g‖; ")),
        "W = W - s0·g\")]\n", string.Concat(Enumerable.Range(0, count).Select(i => $"[OptDsl.State(\"s{i}\", Output = true{more})]\n")),
        $"public partial class Rule{count}{(more == "" ? "" : "OfTensors")};\n");
}
