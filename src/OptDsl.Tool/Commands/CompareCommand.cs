using System.CommandLine;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Tool.Rules;

namespace OptDsl.Tool.Commands;

/// <summary><c>optdsl compare A B</c></summary>
internal static class CompareCommand
{
    private const int Steps = 200;
    private const double Tolerance = 1e-9;
    private static readonly double[] s_start = [1, -0.5, 0.25, 2];

    public static Command Create(TextWriter output)
    {
        var first = new Argument<string>("a") { Description = "A file with one rule, or FILE:NAME" };
        var second = new Argument<string>("b") { Description = "Another" };
        var command = new Command("compare", "Runs two rules side by side: equal, or the first difference.") { first, second };
        command.SetAction(parsed =>
        {
            var (a, b) = (RuleLoader.One(parsed.GetRequiredValue(first)), RuleLoader.One(parsed.GetRequiredValue(second)));
            foreach (var (name, gradient) in Probes)
            {
                if (Difference(a, b, gradient) is not { } difference)
                    continue;
                output.WriteLine(FormattableString.Invariant(
                    $"different at step {difference.Step}, element {difference.Element}, with {name}: {a.Name} comes to {difference.First:G9} and {b.Name} to {difference.Second:G9}"));
                return CommandLine.No;
            }

            output.WriteLine(FormattableString.Invariant($"equal over {Steps} steps of {Probes.Count} kinds of gradients, to {Tolerance:G1}"));
            return CommandLine.Yes;
        });
        return command;
    }

    private static IReadOnlyList<(string Name, Func<int, int, double> Gradient)> Probes { get; } =
    [
        ("changing gradients", static (step, element) => Math.Sin(1.3 * step + 2.1 * element) * (1 + element)),
        ("a constant gradient", static (_, element) => 0.7 - 0.4 * element),
        ("gradients that are mostly 0", static (step, element) => (step + element) % 7 == 0 ? 1.5 : 0),
        ("small gradients", static (step, element) => 1e-6 * Math.Cos(0.8 * step + element)),
        ("large gradients", static (step, element) => 1e4 * Math.Cos(0.8 * step + element)),
    ];

    private static (int Step, int Element, double First, double Second)? Difference(LoadedRule a, LoadedRule b, Func<int, int, double> gradient)
    {
        var (first, second) = (Start(a, b), Start(b, a));
        for (var step = 1; step <= Steps; step++)
        {
            var gradients = Enumerable.Range(0, s_start.Length).Select(element => gradient(step, element)).ToArray();
            first.Step(gradients);
            second.Step(gradients);
            for (var element = 0; element < s_start.Length; element++)
            {
                var (x, y) = (first.Parameter[element], second.Parameter[element]);
                if (!(x.Equals(y) || Math.Abs(x - y) <= Tolerance * (1 + Math.Max(Math.Abs(x), Math.Abs(y)))))
                    return (step, element, x, y);
            }
        }

        return null;
    }

    /// <summary>A run in which what both rules call by one name is one value: the first rule's default on both sides.</summary>
    private static RuleRun Start(LoadedRule rule, LoadedRule other)
    {
        var values = rule.Source.Hypers.Zip(rule.Defaults).Select(pair => pair.First.Default is null && Twin(other, pair.First.Symbol) is { } twin ? twin : pair.Second).ToArray();
        return new RuleRun(RuleProgram.Compile(rule.Model), s_start, values);
    }

    private static double? Twin(LoadedRule rule, string symbol) => rule.Source.Hypers.FirstOrDefault(hyper => hyper.Symbol == symbol)?.Default;
}
