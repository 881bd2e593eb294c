using System.Text.Json;
using OptDsl.Tests.Golden;
using OptDsl.Tests.Rules.Oracles;

namespace OptDsl.Tests.Rules;

/// <summary>
/// Every option of every golden rule, alone and with each other one, in cases like the recorded ones: claimed, mapped, and
/// computed as the formulas of the golden files' README say.
/// </summary>
public sealed class OptionTests
{
    /// <summary>What the tensors here do not depend on: they are not treated as matrices.</summary>
    private static readonly HashSet<(string Rule, string Option)> s_ofMatrices =
    [
        ("AdafactorTimm", "min_dim_size_to_factor"), ("AdafactorBV", "min_dim_size_to_factor"),
        .. new[] { "momentum", "ns_steps", "ns_coefficients", "safety_factor", "adjust_lr_fn", "conv_mode", "normalize_spatial", "algo", "scale_eps" }.Select(option => ("Muon", option)),
    ];

    public static TheoryData<string> Tables => [.. OptionTable.All.Select(table => table.ToString())];

    [Theory]
    [MemberData(nameof(Tables))]
    public void Kernels_in_double_agree_with_the_statement_of_the_rule(string name) =>
        Check(name, "float64", 32, 1e-11, golden => GoldenRun.Of(golden, rule => (IUpdateRule<double>)rule));

    [Theory]
    [MemberData(nameof(Tables))]
    public void Formulas_agree_with_the_statement_of_the_rule(string name) =>
        Check(name, "float64", 12, 1e-11, golden => GoldenRun.Of<double>(golden, rule => new InterpretedRule(rule)));

    [Theory]
    [MemberData(nameof(Tables))]
    public void Kernels_in_float_follow_the_statement_of_the_rule(string name) =>
        Check(name, "float32", 12, 2e-5, golden => GoldenRun.Of(golden, rule => (IUpdateRule<float>)rule));

    [Fact]
    public void Every_golden_rule_and_every_option_of_it_is_varied()
    {
        foreach (var golden in GoldenFile.CaseNames.Select(GoldenCase.Load))
        {
            var varied = OptionTable.All.Where(table => table.Rule == golden.Rule).SelectMany(table => table.Pairs()).SelectMany(changes => changes)
                .SelectMany(change => change.Key == OracleCase.Group ? change.Value!.AsObject().Select(own => own.Key) : [change.Key]).ToHashSet();
            Assert.All(
                golden.Hyper.EnumerateObject().Select(option => option.Name).Where(name => !s_ofMatrices.Contains((golden.Rule, name))),
                name => Assert.True(varied.Contains(name) || (name == "lr" && varied.Contains(OracleCase.Schedule)), $"{golden.Rule}: {name}"));
        }
    }

    [Fact]
    public void An_option_or_a_state_that_nobody_knows_is_refused()
    {
        foreach (var golden in GoldenFile.CaseNames.Select(GoldenCase.Load))
        {
            foreach (var tensor in golden.Tensors)
            {
                if (GoldenClaims.Of(golden, tensor) is not { } claim)
                    continue;
                var options = GoldenClaims.OptionsOf(golden, tensor);
                var own = JsonSerializer.SerializeToElement(new Dictionary<string, double> { ["unheard_of"] = 1 });
                Assert.Throws<InvalidOperationException>(() => claim.Create(options with { Own = own }));
                if (claim.StateOf is null)
                    Assert.Throws<InvalidOperationException>(() => claim.Symbol("unheard_of", options));
            }
        }
    }

    private static void Check(string name, string dtype, int steps, double tolerance, Func<GoldenCase, IReadOnlyList<GoldenDifference>> run)
    {
        var table = OptionTable.All.Single(table => table.ToString() == name);
        foreach (var changes in table.Pairs())
        {
            var golden = OracleCase.Of(table, changes, dtype, steps);
            var differences = run(golden);
            Assert.True(differences.Count == table.Shapes.Length, $"{changes.ToJsonString()}: no rule of the library computes it.");
            Assert.All(differences, difference => Assert.True(
                difference.Weights <= tolerance && (dtype == "float32" || difference.States <= tolerance),
                $"{difference.Claim} with {changes.ToJsonString()}: weights {difference.Weights:E1}, states {difference.States:E1}. {difference.Where}"));
        }
    }
}
