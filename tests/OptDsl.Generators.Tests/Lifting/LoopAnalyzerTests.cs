using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using OptDsl.Generators.Analyzers;
using OptDsl.Generators.Tests.Infrastructure;
using static OptDsl.Generators.Tests.Lifting.HandWrittenLoop;

namespace OptDsl.Generators.Tests.Lifting;

/// <summary>What the analyzer of loops reports, where, and how seriously.</summary>
public sealed class LoopAnalyzerTests
{
    [Fact]
    public async Task A_right_loop_is_left_alone() => await VerifyAsync(Adam);

    [Fact]
    public async Task A_known_rule_but_for_one_slip_is_a_warning()
    {
        var diagnostics = await VerifyAsync(Adam.Replace("(1 - Math.Pow(beta1, _t))", "{|OPT302:Math.Sqrt(1 - Math.Pow(beta1, _t))|}", StringComparison.Ordinal));
        Assert.Equal(DiagnosticSeverity.Error, diagnostics[0].Severity);
        var message = diagnostics[0].GetMessage(CultureInfo.InvariantCulture);
        Assert.True(message.EndsWith("; but for this the loop computes Adam", StringComparison.Ordinal), message);
    }

    [Fact]
    public async Task Messages_call_things_as_the_code_does()
    {
        var diagnostics = await VerifyAsync("""
            using System;
            internal static class Trainer
            {
                public static void AdaGrad(double[] w, double[] g, double[] sum, double lr)
                {
                    for (int i = 0; i < w.Length; i++)
                    {
                        sum[i] += {|OPT323:g[i]|};
                        w[i] -= lr * g[i] / {|OPT313:Math.Sqrt(sum[i] + 1e-8)|};
                    }
                }
            }
            """);
        Assert.All(diagnostics, diagnostic => Assert.Contains("sum", diagnostic.GetMessage(CultureInfo.InvariantCulture)));
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture).Contains("sumValue", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_count_that_begins_anew() => await VerifyAsync(
        Adam.Replace("        _t++;", "        int {|OPT401:_t = 0|};\n        _t++;", StringComparison.Ordinal).Replace("    private int _t;\n", "", StringComparison.Ordinal));

    [Fact]
    public async Task A_count_that_nothing_steps() => await VerifyAsync(
        Adam.Replace("        _t++;\n", "", StringComparison.Ordinal).Replace("private int _t;", "private int {|OPT401:_t = 1|};", StringComparison.Ordinal));

    [Fact]
    public async Task A_count_that_others_may_step_is_left_alone() => await VerifyAsync(
        Adam.Replace("        _t++;\n", "", StringComparison.Ordinal).Replace("private int _t;", "public int _t;", StringComparison.Ordinal));

    [Fact]
    public async Task A_count_of_elements() => await VerifyAsync(
        Adam.Replace("        _t++;\n", "", StringComparison.Ordinal).Replace("            _m[i] = ", "            {|OPT402:_t++|};\n            _m[i] = ", StringComparison.Ordinal));

    [Fact]
    public async Task A_quotient_of_whole_numbers() => await VerifyAsync(
        Adam.Replace("        _t++;", "        _t++;\n        lr *= 1 - {|OPT403:_t / 1000|};", StringComparison.Ordinal));

    [Fact]
    public async Task Stairs_of_whole_numbers_are_left_alone() => await VerifyAsync(
        Adam.Replace("        _t++;", "        _t++;\n        lr *= Math.Pow(0.5, _t / 1000);", StringComparison.Ordinal));

    [Fact]
    public async Task What_calls_itself_comes_to_an_end() => await VerifyAsync("""
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        internal sealed class Node
        {
            public List<Node> Children { get; } = [];
            public double Weight, Gradient;

            public void Train(double lr)
            {
                Weight -= lr * Gradient;
                Children.ForEach(Visit);
                Parallel.For(0, Children.Count, Each);
                void Each(int i) => Parallel.For(0, i, Each);
                void Visit(Node node) => node.Children.ForEach(Visit);
                Action<int>? again = null;
                again = depth => again!(depth - 1);
                again(3);
            }
        }
        """);

    [Fact]
    public async Task Long_expressions_are_read_no_further() => await VerifyAsync(Adam.Replace(
        "        _t++;", $"        _t++;\n        double sum = {string.Join(" + ", Enumerable.Range(0, 3000).Select(i => "lr"))};", StringComparison.Ordinal));

    [Fact]
    public async Task A_state_that_is_made_anew() => await VerifyAsync(
        Adam.Replace("        _t++;", "        var {|OPT404:m = new double[weights.Length]|};\n        _t++;", StringComparison.Ordinal).Replace("_m[i]", "m[i]", StringComparison.Ordinal));

    [Theory]
    [InlineData("double[] m = new double[weights.Length]; Array.Copy(_m, m, m.Length);")]
    [InlineData("double[] m = _m;")]
    [InlineData("double[] m = new double[weights.Length]; _m.CopyTo(m, 0);")]
    public async Task A_state_that_is_kept_elsewhere_is_left_alone(string declaration) => await VerifyAsync(
        Adam.Replace("        _t++;", $"        {declaration}\n        _t++;", StringComparison.Ordinal).Replace("_m[i]", "m[i]", StringComparison.Ordinal));

    [Fact]
    public async Task Moments_of_all_steps_of_a_method_are_left_alone() => await VerifyAsync("""
        using System;
        internal static class Adam
        {
            public static void Run(double[] weights, Func<double[], double[]> gradient)
            {
                var v = new double[weights.Length];
                for (int step = 0; step < 100; step++)
                {
                    double[] grads = gradient(weights);
                    for (int i = 0; i < weights.Length; i++)
                    {
                        v[i] = 0.9 * v[i] + grads[i];
                        weights[i] -= 0.01 * v[i];
                    }
                }
            }
        }
        """);

    [Theory]
    [InlineData("keep * old + (1 - keep) * value", 0)]
    [InlineData("keep * old + keep * value", 1)]
    public async Task Helpers_of_other_files_are_read(string average, int reported)
    {
        var loop = Adam.Replace("beta1 * _m[i] + (1 - beta1) * grads[i]", "Averages.Next(_m[i], grads[i], beta1)", StringComparison.Ordinal);
        var helper = $"internal static class Averages {{ public static double Next(double old, double value, double keep) => {average}; }}";
        var compilation = TestCompilation.Create(new SourceFile("Adam.cs", loop), new SourceFile("Averages.cs", helper));
        var diagnostics = await compilation.WithAnalyzers([new LoopAnalyzer()]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.True(diagnostics.Length == reported, string.Join('\n', diagnostics));
    }

    [Fact]
    public async Task A_slip_in_a_loop_with_helpers_of_another_file_is_found()
    {
        var loop = Adam.Replace("grads[i] * grads[i]", "Numbers.Square(grads[i])", StringComparison.Ordinal).Replace("_m[i] / (1 - Math.Pow(beta1, _t))", "_m[i] / Math.Sqrt(1 - Math.Pow(beta1, _t))", StringComparison.Ordinal);
        var compilation = TestCompilation.Create(new SourceFile("Adam.cs", loop), new SourceFile("Numbers.cs", "internal static class Numbers { public static double Square(double x) => x * x; }"));
        var diagnostic = Assert.Single(await compilation.WithAnalyzers([new LoopAnalyzer()]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken));
        Assert.Equal("OPT302", diagnostic.Id);
        Assert.EndsWith("computes Adam", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_line_of_editorconfig_switches_it_off()
    {
        var compilation = TestCompilation.Create(new SourceFile("Adam.cs", Adam.Replace("(1 - Math.Pow(beta1, _t))", "Math.Sqrt(1 - Math.Pow(beta1, _t))", StringComparison.Ordinal)));
        Assert.Single(await Diagnose(""));
        Assert.Empty(await Diagnose("false"));

        async Task<ImmutableArray<Diagnostic>> Diagnose(string value) => await compilation
            .WithAnalyzers([new LoopAnalyzer()], new AnalyzerOptions([], new Settings(value)))
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<ImmutableArray<Diagnostic>> VerifyAsync(string source)
    {
        var marked = MarkedSource.Parse(new SourceFile("Adam.cs", source), null);
        return await LoopVerifier.VerifyAsync(TestCompilation.Create(marked.File), marked);
    }

    private sealed class Settings(string value) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions => new Lines("");

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Lines(value);

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Lines("");

        private sealed class Lines(string value) : AnalyzerConfigOptions
        {
#nullable disable annotations // The attribute that tells when a value is there has two definitions here.
            public override bool TryGetValue(string key, out string found)
#nullable restore annotations
            {
                found = key == LoopAnalyzer.Option ? value : "";
                return found.Length > 0;
            }
        }
    }
}
