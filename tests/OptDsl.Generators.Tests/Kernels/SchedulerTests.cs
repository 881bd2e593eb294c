using OptDsl.Language.Formulas;
using OptDsl.Language.Plans.Scheduling;
using static OptDsl.Generators.Tests.Formulas.Rule;

namespace OptDsl.Generators.Tests.Kernels;

/// <summary>Which pass reads, computes and writes what.</summary>
public sealed class SchedulerTests
{
    [Fact]
    public void Element_wise_rule_is_one_pass() =>
        Assert.Equal("W g v > v W", Passes(Of("v = μv + g\nW = W - v", "v", Hyper("μ", 0.9))));

    [Fact]
    public void Values_are_stored_where_they_are_known_and_read_back_where_they_are_needed() => Assert.Equal(
        "W g m v > m v + 2 | W m v > W",
        Passes(PublishedRulesTests.Rules.Single(rule => rule.Name == "Lamb").Source));

    [Fact]
    public void Norm_of_the_gradient_reads_nothing_else() =>
        Assert.Equal("g + 1 | W g v > v W", Passes(Of("g = g/‖g‖\nv = v + g\nW = W - v", "v")));

    [Fact]
    public void Store_waits_for_a_later_pass_that_needs_the_old_value() =>
        Assert.Equal("g m + 1 | W g m > m W", Passes(Of("o = m\nm = m + g\nW = W - o/‖m‖", "m")));

    [Fact]
    public void Old_value_that_the_new_one_gives_is_not_kept() =>
        Assert.Equal("g m > m + 1 | W m > W", Passes(Of("m = m + g\nW = W - m/‖m‖", "m")));

    [Fact]
    public void Reduction_of_a_reduction_is_a_pass_of_its_own() =>
        Assert.Equal("g + 1 | g + 1 | W g > W", Passes(Of("c = mean(g)\ns = rms(g - c)\nW = W - (g - c)/s", "")));

    [Fact]
    public void Reductions_of_the_same_value_are_one() =>
        Assert.Equal("W g + 2 | W g > W", Passes(Of("W = W - g/(rms(g) + ‖g‖ + ‖-2g‖ + dot(g, W) + mean(2W g))", "")));

    [Fact]
    public void Reduction_that_nothing_needs_is_not_made() =>
        Assert.Equal("W g > W", Passes(Of("n = ‖g‖\nW = W - g + 0n", "")));

    [Fact]
    public void Count_needs_no_pass() =>
        Assert.Equal("W g > W", Passes(Of("W = W - g/count(g)", "")));

    [Fact]
    public void State_that_a_step_leaves_alone_is_not_written() =>
        Assert.Equal("W g a > W", Passes(Of("a = a\nW = W - a g", "a=1")));

    [Theory]
    [InlineData("W = W - (q ? ‖g‖ : 1)g", "g + 1 ? | W g > W")]
    [InlineData("n = not q ? 1 : ‖g‖; W = W - ng", "g + 1 ? | W g > W")]
    [InlineData("k = q ? 1/‖g‖ : 2; W = W - (p ? k : 0)g", "g + 1 ? ? | W g > W")]
    [InlineData("W = W - (t > 1 ? ‖g‖ : 1)g", "g + 1 ? | W g > W")]
    [InlineData("W = W - (q ? ‖g‖ : 1)(p ? ‖W‖ : 1)g", "W g + 2 | W g > W")]
    [InlineData("W = W - (q ? ‖g‖ : p ? ‖g‖ : 1)g", "g + 1 | W g > W")]
    [InlineData("W = W - (q ? ‖g‖ : 1)g/‖g‖", "g + 1 | W g > W")]
    [InlineData("W = W - (c > 0 ? ‖g‖ : 1)g; c = c + 1", "g + 1 | W g > W")]
    [InlineData("W = W - cg; c = q ? ‖g‖ : c", "W g > W + 1")]
    [InlineData("W = W - (q ? mean((g - mean(g))²) : 1)g", "g + 1 ? | g + 1 ? | W g > W")]
    public void A_pass_is_left_out_where_nothing_needs_its_reductions(string formulas, string passes) =>
        Assert.Equal(passes, Passes(Of(formulas, "c:tensor", Flag("p", true), Flag("q", false))));

    [Theory]
    [InlineData("q", "g m + 1 ? | W g m > m W")]
    [InlineData("not p", "g m + 1 ! | W g m > m W")]
    [InlineData("p", "g m > m + 1 | W m > W")]
    [InlineData("t > 1", "g m > m + 1 | W m > W")]
    public void Stores_wait_where_that_leaves_a_pass_out_with_the_defaults(string condition, string passes) =>
        Assert.Equal(passes, Passes(Of($"m = 0.9m + g; W = W - ({condition} ? m/‖m‖ : m)", "m", Flag("p", true), Flag("q", false))));

    [Fact]
    public void Stores_wait_for_nothing_where_memory_gains_nothing() => Assert.Equal(
        "W g m v > m v + 1 | W m v > W",
        Passes(Of("m = 0.9m + g; v = 0.9v + g²; u = m/√v + W; W = W - (p ? u/‖u‖ : u)", "m v", Flag("p", true))));

    /// <summary>For each pass what it reads, after a > what it writes, and after a + the number of its reductions, and a ? or ! for each condition that it needs on or off.</summary>
    private static string Passes(RuleSource source) => string.Join(" | ", SimplifierTests.Plan(source).Passes.Select(pass => Text(source, pass)));

    private static string Text(RuleSource source, Pass pass)
    {
        var parameter = pass.Reads.Where(symbol => symbol.Name == source.Parameter).Select(symbol => symbol.Name);
        var states = pass.Reads.Where(symbol => symbol.Name != source.Parameter).Select(symbol => symbol.Name);
        var reads = string.Join(" ", parameter.Concat(pass.ReadsGradient ? [source.Gradient] : []).Concat(states));
        var writes = string.Join(" ", pass.Stores.Select(store => store.Symbol!.Name));
        return reads + (writes == "" ? "" : " > " + writes) + (pass.Reductions.IsEmpty ? "" : $" + {pass.Reductions.Length}") + string.Concat(pass.When.Conditions.Select(condition => condition.IsOn ? " ?" : " !"));
    }
}
