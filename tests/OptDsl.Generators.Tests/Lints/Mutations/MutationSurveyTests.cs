using System.Globalization;
using OptDsl.Language.Checks;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Generators.Tests.Lints.Mutations;

/// <summary>
/// Makes every slip in every published rule and counts what is found. Many mutants are as legitimate as the rule (momentum without
/// its weight, Nesterov's without its look ahead, another exponent), so that no kind reaches all; the test holds what is reached.
/// The environment variable <c>OPTDSL_SILENT</c> names a file for the others.
/// </summary>
public sealed class MutationSurveyTests(ITestOutputHelper output)
{
    /// <summary>
    /// The share of each kind that is found at least, in hundredths. Of dropped corrections those of a first moment beside a corrected
    /// second are notes only, which do not count here: published rules leave them out on purpose.
    /// </summary>
    private static readonly Dictionary<string, int> s_levels = new()
    {
        ["correction dropped"] = 44,
        ["correction multiplied"] = 66,
        ["decays mixed up"] = 76,
        ["epsilon dropped"] = 90,
        ["exponent t dropped"] = 67,
        ["exponent t off by one"] = 82,
        ["factor dropped"] = 77,
        ["magnitude dropped"] = 25,
        ["maximum dropped"] = 75,
        ["maximum to minimum"] = 60,
        ["product to quotient"] = 93,
        ["quotient to product"] = 63,
        ["root dropped"] = 70,
        ["sign function dropped"] = 0,
        ["sign turned"] = 69,
        ["square dropped"] = 91,
        ["state for local"] = 78,
        ["statement dropped"] = 97,
        ["statement last"] = 62,
        ["statements swapped"] = 60,
        ["term times zero"] = 90,
        ["weight 1-β dropped"] = 68,
    };

    /// <summary>
    /// The share of mutants without a finding, of those that do not move like a known rule and of which no note says that they leave out what
    /// some leave out on purpose.
    /// </summary>
    private const double MostSilent = 0.1;

    [Fact]
    public void Slips_are_found_as_often_as_before()
    {
        var found = new SortedDictionary<string, (int Found, int All)>(StringComparer.Ordinal);
        var silent = new List<string>();
        var known = new KnownRules([.. LabelledRule.FromFile("PublishedRules.txt"), .. LabelledRule.FromFile("UnusualRules.txt")]);
        var (all, legitimate, noted) = (0, 0, 0);
        foreach (var rule in LabelledRule.FromFile("PublishedRules.txt"))
        {
            var original = rule.Compile();
            var notes = rule.Analyze().Length;
            foreach (var mutant in RuleMutations.Of(rule))
            {
                if (FormulaCompiler.Compile(mutant.Rule.Source, TestContext.Current.CancellationToken).Model is not { } model || IsSame(original, model))
                    continue;
                var findings = mutant.Rule.Analyze();
                var isFound = findings.Any(finding => !LintIds.IsNote(finding.Id));
                var (hits, count) = found.GetValueOrDefault(mutant.Kind);
                found[mutant.Kind] = (hits + (isFound ? 1 : 0), count + 1);
                all++;
                if (isFound)
                    continue;
                if (findings.Length > notes)
                    noted++;
                else if (known.Has(model))
                    legitimate++;
                else
                    silent.Add($"{mutant.Kind} | {rule.Name} | {Difference(rule.Source.Formulas, mutant.Rule.Source.Formulas)}");
            }
        }

        foreach (var (kind, (hits, count)) in found)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind,-24} {hits,4} of {count,4}  {(double)hits / count,5:P0}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"silent: {silent.Count} of {all - legitimate - noted}, {(double)silent.Count / (all - legitimate - noted):P1}, besides {legitimate} that move like a known rule and {noted} of which a note says what is conventional"));
        if (Environment.GetEnvironmentVariable("OPTDSL_SILENT") is { Length: > 0 } file)
            File.WriteAllLines(file, silent);
        Assert.Equal(s_levels.Keys.Order(StringComparer.Ordinal), found.Keys);
        Assert.True(silent.Count <= MostSilent * (all - legitimate - noted), $"{silent.Count} of {all - legitimate - noted}");
        Assert.All(found, kind => Assert.True(100 * kind.Value.Found >= s_levels[kind.Key] * kind.Value.All, kind.Key));
    }

    private static string Difference(string before, string after)
    {
        var old = before.Split('\n');
        return string.Join(" ; ", after.Split('\n').Where((line, index) => index >= old.Length || old[index] != line));
    }

    /// <summary>The same parameter after steps with gradients of all kinds.</summary>
    private static bool IsSame(RuleModel first, RuleModel second)
    {
        var (left, right) = (Start(first), Start(second));
        for (var step = 0; step < 12; step++)
        {
            double[] gradient = [Scenario.Wave(step), 100 * Scenario.Wave(step + 50), 0];
            left.Step(gradient);
            right.Step(gradient);
        }

        return left.Parameter.Zip(right.Parameter).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-9 * Math.Abs(pair.First) || pair.First.Equals(pair.Second))
            && first.States.Where(state => state.Source.Output).All(state => left.State(state.Index).SequenceEqual(right.State(state.Index)));

        static RuleRun Start(RuleModel model) => new(RuleProgram.Compile(model), [1, -2, 0.5], [.. model.Hypers.Select(hyper => hyper.Source.Default ?? 0.5)]);
    }
}
