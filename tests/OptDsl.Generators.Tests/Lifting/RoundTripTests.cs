using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OptDsl.Generators.Analyzers;
using OptDsl.Generators.Lifting;
using OptDsl.Generators.Tests.Infrastructure;
using OptDsl.Language.Checks;
using OptDsl.Language.Checks.Analysis;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Generators.Tests.Lifting;

/// <summary>A rule that is written as a loop and read again computes the same.</summary>
public sealed class RoundTripTests(ITestOutputHelper output)
{
    private const int Batch = 250;

    [Fact]
    public void Ready_made_rules_come_back_from_loops()
    {
        var written = Library().Select(rule => (rule.Name, rule.Model, Code: NaiveLoop.Write(rule.Model, rule.Name + "Loop"))).ToList();
        output.WriteLine($"{written.Count(rule => rule.Code is not null)} of {written.Count} rules are loops over elements; others: {string.Join(", ", written.Where(rule => rule.Code is null).Select(rule => rule.Name))}");
        var wrong = Check([.. written.Where(rule => rule.Code is not null).Select(rule => (rule.Name + "Loop", rule.Model, rule.Code!))]);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(written.Count(rule => rule.Code is not null) >= 25);
    }

    [Fact]
    public void Thousands_of_random_rules_come_back_from_loops()
    {
        var random = new Random(20261126);
        var wrong = new List<string>();
        for (var batch = 0; batch < 8; batch++)
        {
            var rules = new List<(string, RuleModel, string)>();
            while (rules.Count < Batch)
            {
                var model = FormulaCompiler.Compile(Source(random), TestContext.Current.CancellationToken).Model!;
                var name = $"Loop{rules.Count.ToString(CultureInfo.InvariantCulture)}";
                rules.Add((name, model, NaiveLoop.Write(model, name)!));
            }

            wrong.AddRange(Check(rules));
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count}\n{string.Join("\n\n", wrong.OrderBy(text => text.Length).Take(6))}");
    }

    [Fact]
    public void Ready_made_rules_are_not_accused_as_loops()
    {
        var recognition = LoopAnalyzer.Recognition(TestCompilation.Create(new SourceFile("Empty.cs", "")), TestContext.Current.CancellationToken)!;
        // A rule that is accused with its options off, as nobody uses it, may be as a loop.
        var accused = Library().Where(rule => RuleLints.Analyze(rule.Model, LintOptions.Default, TestContext.Current.CancellationToken).All(finding => LintIds.IsNote(finding.Id))).Select(rule => (rule.Name, Code: NaiveLoop.Write(rule.Model, rule.Name + "Loop"))).Where(rule => rule.Code is not null)
            .SelectMany(rule => new LabelledLoop(rule.Name, "", rule.Code!).Lift().SelectMany(loop => LoopChecks.Check(loop, recognition, TestContext.Current.CancellationToken)).Select(problem => $"{rule.Name}: {problem.Id} {problem.Message}\n{rule.Code}"))
            .ToList();
        Assert.True(accused.Count == 0, string.Join('\n', accused));
    }

    internal static List<(string Name, RuleModel Model)> Library()
    {
        var compilation = TestCompilation.Create(new SourceFile("Empty.cs", ""));
        var library = Generators.Declarations.LibraryRules.Of(
            compilation.GetTypeByMetadataName("OptDsl.UpdateRuleAttribute")!.ContainingAssembly, compilation, TestContext.Current.CancellationToken);
        return [.. library.Select(rule => (rule.Type.Name, OptionVariants.Of(rule.Model, default).First().Model))];
    }

    private static List<string> Check(List<(string Name, RuleModel Model, string Code)> rules)
    {
        var tree = CSharpSyntaxTree.ParseText("using System;\n" + string.Concat(rules.Select(rule => rule.Code)), TestCompilation.ParseOptions, "Loops.cs", cancellationToken: TestContext.Current.CancellationToken);
        var compilation = CSharpCompilation.Create("Loops", [tree], TestCompilation.References, new CSharpCompilationOptions(Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error));
        var semantics = compilation.GetSemanticModel(tree);
        var wrong = new List<string>();
        foreach (var (type, rule) in tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<ClassDeclarationSyntax>().Zip(rules))
        {
            var loops = LoopScan.Find(type, semantics, TestContext.Current.CancellationToken);
            var difference = loops.Length == 1 ? Difference(rule.Model, loops[0].Model) : $"{loops.Length} loops were read";
            if (difference is not null)
                wrong.Add($"{difference}\n{rule.Code}\n{(loops.Length > 0 ? loops[0].Source.Formulas : rule.Model.Source.Formulas)}");
        }

        return wrong;
    }

    /// <summary>Both make the same steps to the last bits, whatever the hyper-parameters are.</summary>
    internal static string? Difference(RuleModel rule, RuleModel lifted)
    {
        double[] weights = [1, -2, 0.5];
        var values = rule.Hypers.Select(hyper => hyper.Source.Default ?? SampleValues.Assumed(hyper.Source)).ToArray();
        var own = new RuleRun(RuleProgram.Compile(rule), weights, values);
        var other = new RuleRun(RuleProgram.Compile(lifted), weights, [.. lifted.Hypers.Select(hyper => values[IndexOf(rule, hyper.Source.Symbol)])]);
        foreach (var state in lifted.States)
        {
            // A loop says nothing of how its arrays begin.
            var original = int.Parse(state.Source.Symbol.AsSpan(1), CultureInfo.InvariantCulture);
            own.State(original).CopyTo(other.State(state.Index).AsSpan());
        }

        for (var step = 1; step <= 12; step++)
        {
            double[] gradient = [Scenario.Wave(step), 0.1 * Scenario.Wave(step + 50), step % 3 == 0 ? 0 : -Scenario.Wave(step + 9)];
            own.Step(gradient);
            other.Step(gradient);
            for (var element = 0; element < weights.Length; element++)
            {
                var (first, second) = (own.Parameter[element], other.Parameter[element]);
                if (!(Math.Abs(first - second) <= 1e-12 * (1 + Math.Abs(first))) && !first.Equals(second))
                    return $"step {step}: {first:R} and {second:R}";
            }
        }

        return null;
    }

    private static int IndexOf(RuleModel rule, string symbol) => symbol == "lr"
        ? rule.Hypers.Single(hyper => hyper.Source.Property == "LearningRate").Index : int.Parse(symbol.AsSpan(1), CultureInfo.InvariantCulture);

    /// <summary>A rule with two states that moves its parameter by something random.</summary>
    private static RuleSource Source(Random random)
    {
        var text = new StringBuilder();
        List<string> names = ["W", "g", "a", "b"];
        foreach (var target in new[] { "x", "a", "y", "b" })
        {
            text.Append(CultureInfo.InvariantCulture, $"{target} = {(target is "a" or "b" ? "0.9*" + target + " + " : "")}{Value(random, names, 4)} + 0.1*g\n");
            if (!names.Contains(target))
                names.Add(target);
        }

        text.Append(CultureInfo.InvariantCulture, $"W = W - η*({Value(random, names, 3)} + a + b)");
        return new RuleSource(
            RuleKind.UpdateRule, text.ToString(), "W", "g", "t", Maximize: false,
            new([new StateSource("a", "0", Cardinality.PerElement, false), new StateSource("b", "0", Cardinality.PerElement, false)]),
            new([Hyper("η", "LearningRate", 0.01), Hyper("β", "Decay", 0.9)]));

        static HyperSource Hyper(string symbol, string property, double value) => new(symbol, property, HyperType.Double, 0, 1, value);
    }

    private static string Value(Random random, List<string> names, int depth)
    {
        if (depth == 0 || random.Next(6) == 0)
            return random.Next(8) switch { 0 => "β", 1 => "t", 2 => "0.5", 3 => "(1 - β^t)", _ => names[random.Next(names.Count)] };
        return random.Next(11) switch
        {
            0 or 1 => $"({Next()} + {Next()})",
            2 => $"({Next()} - {Next()})",
            3 or 4 => $"({Next()})*({Next()})",
            5 => $"({Next()}) / (2 + |{Next()}|)",
            6 => $"sqrt(1 + |{Next()}|)",
            7 => $"max({Next()}, {Next()})",
            8 => $"({Next()} > {Next()} ? {Next()} : {Next()})",
            9 => $"sign({Next()})",
            _ => $"tanh({Next()})^2",
        };

        string Next() => Value(random, names, depth - 1);
    }
}
