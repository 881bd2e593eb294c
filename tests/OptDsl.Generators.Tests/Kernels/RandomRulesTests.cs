using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using OptDsl.Generators.Tests.Infrastructure;
using OptDsl.Language.Formulas;

namespace OptDsl.Generators.Tests.Kernels;

/// <summary>
/// Kernels of random rules against the interpreter and against themselves. A case is a batch of rules, compiled together;
/// OPTDSL_KERNEL_CASES sets how many batches run.
/// </summary>
public sealed class RandomRulesTests
{
    private const int BatchSize = 16;

    private const int Settings = 12;

    private static readonly int? AskedFor = Number("OPTDSL_KERNEL_CASES");

    /// <summary>The usual run draws the same rules every time; one that asks for a number of cases draws others.</summary>
    private static readonly Config s_config = AskedFor is { } cases
        ? Config.QuickThrowOnFailure.WithMaxTest(cases)
        : Config.QuickThrowOnFailure.WithMaxTest(2).WithReplay(new Replay(new Rnd(20, 1), FSharpOption<int>.None));

    [Theory]
    [InlineData(false, "plain")]
    [InlineData(false, "with options")]
    [InlineData(false, "of choices")]
    [InlineData(true, "plain")]
    [InlineData(true, "with options")]
    [InlineData(true, "of choices")]
    public void Kernels_of_random_rules_compute_what_the_formulas_say(bool precise, string kind) => Check.One(
        s_config,
        Prop.ForAll(Gen.ArrayOf(kind == "plain" ? RandomRules.Any : kind == "of choices" ? RandomRules.OfChoices : RandomRules.WithOptions, BatchSize).Select(rules => new Batch(rules)).ToArbitrary(), batch =>
        {
            var rules = batch.Rules;
            using var code = CompiledCode.Load([.. rules.Select((rule, i) => RuleCode.Of(rule, $"Rule{i}", precise))]);
            for (var i = 0; i < rules.Length; i++)
            {
                var rule = code.Create($"Rule{i}");
                foreach (var length in new[] { 0, 1, 2, 5, 7, 8, 13, 16, 31, 33, 64, 70 })
                {
                    KernelAgreement.Verify<float>(rules[i], rule, length, steps: 3, seed: length);
                    KernelAgreement.Verify<double>(rules[i], rule, length, steps: 3, seed: length);
                }

                var random = new Random(i);
                for (var n = 0; n < Settings; n++)
                {
                    var setting = Setting.Random(rules[i], random);
                    setting.Apply(rules[i], rule);
                    KernelAgreement.Verify<float>(rules[i], rule, 19, steps: 2, seed: n, setting);
                    KernelAgreement.Verify<double>(rules[i], rule, 19, steps: 2, seed: n, setting);
                }

                Setting.Default(rules[i]).Apply(rules[i], rule);
                foreach (var (states, nearest) in new[] { (ulong.MaxValue, 0UL), (ulong.MaxValue, ulong.MaxValue), ((ulong)random.Next(), (ulong)random.Next()) })
                {
                    KernelAgreement.VerifyNarrowing<float>(rule, 70 + i, states, nearest, steps: 3, seed: i);
                    KernelAgreement.VerifyNarrowing<double>(rule, 70 + i, states, nearest, steps: 3, seed: i);
                }

                var chunk = ((IUpdateRule)rule).Description.Reductions.Any() ? 512 : 1;
                KernelAgreement.VerifyChunks<float>(rule, 1100, chunk, steps: 2, seed: 1);
                KernelAgreement.VerifyChunks<double>(rule, 1100, chunk, steps: 2, seed: 2);
            }
        }));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Groups_of_tensors_compute_what_the_formulas_say(bool precise) => Check.One(
        s_config,
        Prop.ForAll(Gen.ArrayOf(RandomRules.OfGroups, BatchSize).Select(rules => new Batch(rules)).ToArbitrary(), batch =>
        {
            var rules = batch.Rules;
            using var code = CompiledCode.Load([.. rules.Select((rule, i) => RuleCode.Of(rule, $"Rule{i}", precise))]);
            for (var i = 0; i < rules.Length; i++)
            {
                var rule = code.Create($"Rule{i}");
                foreach (var lengths in new[] { new[] { 7 }, [1, 1], [5, 1, 33], [70, 64] })
                {
                    KernelAgreement.VerifyGroup<float>(rules[i], rule, lengths, steps: 3, seed: lengths.Length, rearranged: !precise);
                    KernelAgreement.VerifyGroup<double>(rules[i], rule, lengths, steps: 3, seed: lengths.Length, rearranged: !precise);
                }

                KernelAgreement.VerifyGroupChunks<float>(rule, [3, 1100, 2, 600], steps: 2, seed: i);
                KernelAgreement.VerifyGroupChunks<double>(rule, [3, 1100, 2, 600], steps: 2, seed: i);
            }
        }));

    /// <summary>
    /// Whatever is rearranged, and whatever the step, the hyper-parameters and the gradients are: what is finite as written is that
    /// number. OPTDSL_ALGEBRA_CASES sets how many rules run, drawn anew each time.
    /// </summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Simplified_rules_compute_what_the_formulas_say(bool precise, bool ofGroups)
    {
        var cases = Number("OPTDSL_ALGEBRA_CASES");
        var random = cases is null ? new Random(20) : new Random();
        var rules = Gen.ArrayOf(ofGroups ? RandomRules.OfGroups : RandomRules.Any, cases ?? 25);
        var differences = new List<string>();
        foreach (var rule in (cases is null ? rules.Sample(1, new Rnd(20, 1), 50) : rules.Sample(1)).Single())
        {
            for (var n = 0; n < Settings; n++)
            {
                var (setting, seed) = (Setting.Random(rule, random), random.Next());
                Note(() => KernelAgreement.VerifyAlgebra<float>(rule, precise, 19, steps: 2, seed, setting));
                Note(() => KernelAgreement.VerifyAlgebra<double>(rule, precise, 19, steps: 2, seed, setting));
            }
        }

        Assert.True(differences.Count == 0, $"{differences.Count} runs differ, among them:\n{string.Join("\n\n", differences.Take(20))}");

        void Note(Action verify)
        {
            if (Record.Exception(verify) is { } difference)
                differences.Add(difference.Message);
        }
    }

    [Fact]
    public void Random_rules_leave_passes_out()
    {
        var rules = Gen.ArrayOf(RandomRules.Any, 400).Sample(1).Single();
        var plans = rules.Select(rule => SimplifierTests.Plan(rule)).ToList();
        Assert.True(plans.Count(plan => plan.Passes.Any(pass => !pass.When.IsAlways)) > 20);
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The failure says which rule and prints it; the others would only be noise.</summary>
    private sealed class Batch(RuleSource[] rules)
    {
        public RuleSource[] Rules { get; } = rules;

        public override string ToString() => "a batch of rules";
    }
}
