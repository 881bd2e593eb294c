using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using OptDsl.Benchmarks.Comparison;
using OptDsl.Benchmarks.Drawn;
using OptDsl.Generators;

namespace OptDsl.Benchmarks.Generation;

/// <summary>What the generator costs, in milliseconds.</summary>
/// <param name="Rules">The number of rules in the project, a file each.</param>
/// <param name="Cold">The first run of a new driver.</param>
/// <param name="UnrelatedEdit">A run after a keystroke in a file without rules.</param>
/// <param name="FormulaEdit">A run after a keystroke in one formula.</param>
/// <param name="EmptyUnrelatedEdit">As <paramref name="UnrelatedEdit"/>, with a generator that asks for the attribute and does nothing.</param>
/// <param name="FilesOnlyUnrelatedEdit">As <paramref name="UnrelatedEdit"/>, with a generator that has as many files and no symbols.</param>
internal sealed record GenerationCost(
    int Rules, Spread Cold, Spread UnrelatedEdit, Spread FormulaEdit, Spread EmptyUnrelatedEdit, Spread FilesOnlyUnrelatedEdit)
{
    private const int Repetitions = 15;
    private static readonly string[] Bodies = [.. Declarations()];

    /// <summary>The first generation of this process: one rule, with everything that is loaded and compiled for it.</summary>
    public static double First()
    {
        var compilation = RuleAssembly.Compilation([Source(0, "")]);
        return Time(() => Driver().RunGenerators(compilation));
    }

    public static GenerationCost Measure(int rules)
    {
        var compilation = RuleAssembly.Compilation([.. Enumerable.Range(0, rules).Select(i => Source(i, "")), "class Unrelated { }"]);
        var cold = Enumerable.Range(0, rules > 100 ? 3 : Repetitions).Select(_ => Time(() => Driver().RunGenerators(compilation.Clone()))).ToArray();
        return new GenerationCost(
            rules,
            Spread.Of(cold),
            UnrelatedEdits(Driver()),
            Spread.Of(Edits(Driver(), compilation, compilation.SyntaxTrees.First(), i => Source(0, $" + 0.{i + 1}g"))),
            UnrelatedEdits(CSharpGeneratorDriver.Create(new EmptyGenerator())),
            UnrelatedEdits(CSharpGeneratorDriver.Create(new FilesOnlyGenerator())));

        Spread UnrelatedEdits(GeneratorDriver driver) =>
            Spread.Of(Edits(driver, compilation, compilation.SyntaxTrees.Last(), i => $"class Unrelated {{ int x{i}; }}"));
    }

    private static IEnumerable<double> Edits(GeneratorDriver driver, Compilation compilation, SyntaxTree file, Func<int, string> text)
    {
        driver = driver.RunGenerators(compilation);
        for (var i = 0; i < Repetitions; i++)
        {
            var edited = CSharpSyntaxTree.ParseText(text(i), path: file.FilePath);
            compilation = compilation.ReplaceSyntaxTree(file, edited);
            file = edited;
            yield return Time(() => driver = driver.RunGenerators(compilation));
        }
    }

    private static CSharpGeneratorDriver Driver() => CSharpGeneratorDriver.Create(new RuleGenerator());

    private static double Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static string Source(int index, string term) =>
        $"namespace Rules{index};\n\n" + Bodies[index % Bodies.Length].Replace("{term}", term, StringComparison.Ordinal);

    /// <summary>From two lines to LAMB.</summary>
    private static IEnumerable<string> Declarations()
    {
        yield return Declaration("W = W - η(g{term})");
        yield return Declaration("v = βv + g{term}; W = W - ηv", "v");
        yield return Declaration("v = βv + (1-β)g²; W = W - η(g{term}) / (√v + ε)", "v");
        yield return Declaration("m = βm + (1-β)g; v = γv + (1-γ)g²; m̂ = m/(1-βᵗ); v̂ = v/(1-γᵗ); W = W - η(m̂/(√v̂ + ε) + λW{term})", "m", "v");
        yield return Declaration("W = W - η(sign(βm + (1-β)g) + λW{term}); m = γm + (1-γ)g", "m");
        yield return Declaration(
            "m = βm + (1-β)g; v = γv + (1-γ)g²; u = m/(1-βᵗ)/(√(v/(1-γᵗ)) + ε) + λW{term}; r = ‖W‖ > 0 and ‖u‖ > 0 ? ‖W‖/‖u‖ : 1; W = W - ηru", "m", "v");
    }

    private static string Declaration(string formulas, params string[] states)
    {
        (string Symbol, string Property)[] hypers = [("η", "Rate"), ("β", "Beta"), ("γ", "Gamma"), ("ε", "Epsilon"), ("λ", "Decay")];
        var used = hypers.Where(hyper => formulas.Contains(hyper.Symbol, StringComparison.Ordinal));
        return $$"""
            [OptDsl.UpdateRule("{{formulas}}")]
            {{string.Concat(states.Select(state => $"[OptDsl.State(\"{state}\")]\n"))}}
            public sealed partial class Rule
            {
                {{string.Join("\n    ", used.Select(hyper => $"[OptDsl.Hyper(\"{hyper.Symbol}\", Min = 0, Max = 0.999)] public double {hyper.Property} {{ get; set; }} = 0.1;"))}}
            }
            """;
    }
}
