using System.Reflection;
using OptDsl.Benchmarks.Contestants;
using OptDsl.Generators.Tests.Formulas;
using OptDsl.Generators.Tests.Kernels;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Benchmarks.Drawn;

/// <summary>Rules that nobody tunes for: drawn at random from the language, generated, and written in C from the same model.</summary>
internal sealed class RandomRuleSet
{
    private const int Count = 3;

    private RandomRuleSet(IReadOnlyList<BenchmarkRule> rules, IReadOnlyList<string> texts) => (Rules, CTexts) = (rules, texts);

    private delegate void GeneratedStep(object rule, long t, Span<float> W, ReadOnlySpan<float> g, Span<float> a, Span<float> b);

    private delegate void NaiveStep(double[] h, Span<float> W, ReadOnlySpan<float> g, Span<float> a, Span<float> b, long t);

    public IReadOnlyList<BenchmarkRule> Rules { get; }

    /// <summary>A C function for each rule.</summary>
    public IReadOnlyList<string> CTexts { get; }

    /// <summary>The first rules that a seed gives whose arithmetic compilers can vectorise, and that do not run away.</summary>
    public static RandomRuleSet Draw(int seed)
    {
        var formulas = new RandomFormulas(new Random(seed));
        var models = Rules().Where(IsOrdinary).Take(Count).ToArray();
        var assembly = RuleAssembly.Load([.. models.Select((model, i) => RuleCode.Of(model.Source, Name(i))), Bridge(models)]);
        return new RandomRuleSet(
            [.. models.Select((model, i) => Contestants(model, Name(i), assembly))],
            [.. models.Select((model, i) => ScalarLoop.C(model, Name(i)))]);

        IEnumerable<RuleModel> Rules()
        {
            while (true)
                yield return Model(formulas.Next());
        }
    }

    private static string Name(int index) => $"random{index + 1}";

    private static RuleModel Model(string formulas)
    {
        var source = Rule.Of(formulas, "a b", Rule.Hyper("α", 0.3), Rule.Hyper("β", 0.9, 0, 1), Rule.Hyper("γ", 1.5, min: 0)).WithOutputs();
        return FormulaCompiler.Compile(source).Model ?? throw new InvalidOperationException($"A random rule does not compile:\n{formulas}");
    }

    /// <summary>Reads all that there is, and keeps ordinary values for a thousand steps.</summary>
    private static bool IsOrdinary(RuleModel model)
    {
        if (new[] { "W", "g", "a", "b" }.Any(symbol => model.Source.Formulas.Count(letter => letter == symbol[0]) < 3))
            return false;
        var tensors = new double[16];
        for (var i = 0; i < tensors.Length; i++)
            tensors[i] = Math.Sin(i);
        var run = new RuleRun(RuleProgram.Compile(model), tensors, Hypers(model));
        for (var step = 0; step < 1000; step++)
            run.Step([.. tensors.Reverse()]);
        return run.Parameter.Concat(run.State(0)).Concat(run.State(1)).All(value => Math.Abs(value) is 0 or (> 1e-9 and < 1e9));
    }

    private static double[] Hypers(RuleModel model) => [.. model.Hypers.Select(hyper => hyper.Source.Default ?? 0)];

    private static BenchmarkRule Contestants(RuleModel model, string name, Assembly assembly)
    {
        var hypers = Hypers(model);
        var bridge = assembly.GetType("Bridge", throwOnError: true)!;
        var generated = bridge.GetMethod("Generated_" + name)!.CreateDelegate<GeneratedStep>();
        var naive = bridge.GetMethod("Naive_" + name)!.CreateDelegate<NaiveStep>();
        var rule = NewRule();
        return new BenchmarkRule(name, hypers, 2)
        {
            Create = () => (IUpdateRule<float>)NewRule(),
            CFunction = name,
            Formulas = model.Source.Formulas,
            Generated = (x, start, count, t) => generated(
                rule, t, x.W.Slice(start, count), x.G.Slice(start, count), x.S0.Slice(start, count), x.S1.Slice(start, count)),
            Naive = (x, start, count, t) => naive(
                hypers, x.W.Slice(start, count), x.G.Slice(start, count), x.S0.Slice(start, count), x.S1.Slice(start, count), t),
            Reference = (W, g, states, t) => Interpret(model, hypers, W, g, states, t),
        };

        object NewRule() => Activator.CreateInstance(assembly.GetType(name, throwOnError: true)!)!;
    }

    private static void Interpret(RuleModel model, double[] hypers, double[] W, double[] g, double[][] states, long t)
    {
        var run = new RuleRun(RuleProgram.Compile(model), W, hypers) { StepCount = t - 1 };
        states[0].CopyTo(run.State(0), 0);
        states[1].CopyTo(run.State(1), 0);
        run.Step(g);
        run.Parameter.CopyTo(W, 0);
        run.State(0).CopyTo(states[0], 0);
        run.State(1).CopyTo(states[1], 0);
    }

    /// <summary>Methods with one signature for all rules, and their plain loops.</summary>
    private static string Bridge(RuleModel[] models) => $$"""
        using System;

        public static class Bridge
        {
        {{string.Concat(models.Select((model, i) => $$"""
            public static void Generated_{{Name(i)}}(object rule, long t, Span<float> W, ReadOnlySpan<float> g, Span<float> a, Span<float> b)
            {
                ((global::{{Name(i)}})rule).Update(t, W, g, a, b);
            }

        {{ScalarLoop.CSharp(model, "Naive_" + Name(i))}}
        """))}}
        }
        """;
}
