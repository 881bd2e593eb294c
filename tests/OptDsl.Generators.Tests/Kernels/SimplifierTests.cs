using OptDsl.Language.Formulas;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Algebra;
using OptDsl.Language.Plans.Scheduling;
using static OptDsl.Generators.Tests.Formulas.Rule;

namespace OptDsl.Generators.Tests.Kernels;

/// <summary>What an element costs after simplification, and that equal formulas cost the same however they are written.</summary>
public sealed class SimplifierTests
{
    private const string Moments = "m = β₁m + (1-β₁)g\nv = β₂v + (1-β₂)g²\n";

    private static readonly HyperSource[] Adam =
        [Hyper("η", 0.01), Hyper("β₁", 0.9, 0, 1), Hyper("β₂", 0.999, 0, 1), Hyper("ε", 1e-8), Hyper("λ", 0.01)];

    [Theory]
    [InlineData("m̂ = m / (1-β₁ᵗ)\nv̂ = v / (1-β₂ᵗ)\nW = W - η (m̂ / (√v̂ + ε) + λW)")]
    [InlineData("W = W - ηλW\nW = W - η (m / (1-β₁ᵗ)) / (√v / √(1-β₂ᵗ) + ε)", 1)]
    [InlineData("W = W - ηλW\nW = W - (η / (1-β₁ᵗ)) m / (√v / √(1-β₂ᵗ) + ε)", 1)]
    [InlineData("a = η √(1-β₂ᵗ) / (1-β₁ᵗ)\nW = (1 - ηλ) W - a m / (√v + ε √(1-β₂ᵗ))", 1)]
    [InlineData("c = 1/(1-β₁ᵗ)\nv̂ = (1/(1-β₂ᵗ)) v\nW -= η (λW + c m (v̂^½ + ε)^-1)")]
    [InlineData("d = sqrt(v / (1-β₂^t)) + ε\nu = (m / d) / (1-β₁^t)\nW = W - η u - η λ W")]
    public void AdamW_costs_one_root_and_one_division_however_it_is_written(string update, int ofDividend = 0)
    {
        var cost = Cost(Of(Moments + update, "m v", Adam));

        // The root's factor costs nothing where it is: adding ε takes a multiplication along.
        Assert.Equal((1, 1), (cost[Op.Sqrt], cost[Op.Divide]));
        // A step size that stands in the dividend stays there: without it the quotient could overflow.
        Assert.Equal(4 + ofDividend, cost[Op.Multiply]);
        Assert.Equal(4, cost[Op.MultiplyAdd] + cost.GetValueOrDefault(Op.Add) + cost.GetValueOrDefault(Op.Subtract));
        Assert.Equal(10 + ofDividend, cost.Values.Sum());
    }

    [Theory]
    [InlineData("v = μv + g + λW\nW = W - ηv", "MultiplyAdd 3")]
    [InlineData("v = v + (1-μ)(g - v)\nW -= ηv", "MultiplyAdd 2 Multiply 1")]
    [InlineData("v = μv + g\nW = W - v/η", "MultiplyAdd 2")]
    [InlineData("v = g/(2η)/μ + 0v\nW = W - v + λ(W - W)", "Multiply 1 Subtract 1")]
    [InlineData("u = sign(μv + (1-μ)g)\nW = W - η(u + λW)\nv = μv + (1-μ)g", "MultiplyAdd 2 Multiply 2 Sign 1")]
    [InlineData("v = g²\nW = W - η (g / √(v))", "Multiply 1 Sqrt 1 Divide 1 MultiplyAdd 1")]
    [InlineData("v = √(4g²)\nW = W - (2g)³", "Abs 1 Multiply 3 MultiplyAdd 1")]
    [InlineData("v = μ/(1 + g²)\nW = W - ηv", "MultiplyAdd 2 Divide 1")]
    [InlineData("v = sign(2sign(g))\nW = W - ηv", "Sign 1 MultiplyAdd 1")]
    [InlineData("v = g / (W / μ)\nW = W - 1/(1/g)", "Divide 1 Multiply 1 Subtract 1")]
    public void Scalars_leave_the_elements(string formulas, string cost) => Assert.Equal(
        cost.Split(' ').Chunk(2).ToDictionary(pair => pair[0], pair => int.Parse(pair[1], System.Globalization.CultureInfo.InvariantCulture)),
        Cost(Of(formulas, "v", Hyper("η", 0.1, 1e-9, 10), Hyper("μ", 0.9, 1e-9, 1), Hyper("λ", 0.1)).WithOutputs()).ToDictionary(item => item.Key.ToString(), item => item.Value));

    [Fact]
    public void Precise_keeps_every_operation_as_written()
    {
        var cost = Cost(Of(Moments + "m̂ = m / (1-β₁ᵗ)\nv̂ = v / (1-β₂ᵗ)\nW = W - η (m̂ / (√v̂ + ε) + λW)", "m v", Adam), precise: true);

        Assert.Equal(
            new Dictionary<Op, int> { [Op.Multiply] = 7, [Op.Add] = 4, [Op.Subtract] = 1, [Op.Divide] = 3, [Op.Sqrt] = 1 },
            cost);
    }

    [Fact]
    public void Root_of_a_product_with_a_factor_of_unknown_sign_stays_whole() =>
        Assert.Equal("√", Shape(Of("W = W - √(ηg)", "", Hyper("η", 0, min: -1))));

    [Theory]
    [InlineData("W = W - g/η")]
    [InlineData("W = W - g/μ^t")]
    [InlineData("W = W - g/‖g‖")]
    [InlineData("W = W - g/(‖g‖ + η)")]
    public void Divisor_of_which_no_bound_is_declared_has_no_reciprocal(string formulas) =>
        Assert.Equal(1, Cost(Of(formulas, "", Hyper("η", 0.1, min: 0), Hyper("μ", 0.9, 0, 1)))[Op.Divide]);

    [Theory]
    [InlineData("W = W - |c| g")]
    [InlineData("W = W - |1-c| g")]
    [InlineData("W = W - √((1-c)²g²)")]
    [InlineData("W = W - ‖c g‖ g")]
    [InlineData("W = W - √(c²) g")]
    [InlineData("W = W - sign(c g)")]
    [InlineData("W = W - √(c g)")]
    [InlineData("W = W - c^t g")]
    [InlineData("W = W - g |1-c^t|")]
    [InlineData("W = W - ηg/(β^t|g| + ε)")]
    [InlineData("W = W - g/(exp(-t)|g| + ε) - g/(β^t |g|/√(1-β^t) + ε)")]
    [InlineData("W = W - g (c^t/β^t) (β^t/c^t)")]
    [InlineData("W = W - g/β^t/ε")]
    [InlineData("W = W - β^t g/(β^t |g| + β^t)")]
    [InlineData("W = W - (c t² g)⁴ (g/t⁴)²")]
    [InlineData("W = W - g/c - g/β - g/ε")]
    [InlineData("W = W - g/(c/(g + 2)) - (g/(|g|+ε))/(|g|+ε)")]
    public void Facts_are_those_that_are_declared(string formulas)
    {
        var source = Of(formulas, "", Hyper("η", 0.1, min: 0), Hyper("β", 0.9, 0, 1), Hyper("ε", 1e-8, min: 0), Hyper("c", 0.5));
        foreach (var (c, beta, epsilon) in new[] { (0.5, 0.9, 1e-8), (-0.5, 0.999, 1e-8), (1.5, 1, 0), (-2, 0, double.Epsilon), (0, 0.5, 1e-3), (1e-5, double.Epsilon, 1) })
        {
            foreach (var step in new[] { 1, 2, 900, 1000, 7000, 1_000_000_000, (1L << 53) - 1 })
            {
                var setting = new Setting([0.1, beta, epsilon, c], step, 1);
                KernelAgreement.VerifyAlgebra<float>(source, precise: false, 19, steps: 2, seed: 1, setting);
                KernelAgreement.VerifyAlgebra<double>(source, precise: false, 19, steps: 2, seed: 2, setting);
            }
        }
    }

    [Theory]
    [InlineData("W = W - (c g) g")]
    [InlineData("W = W - c g (g W)")]
    [InlineData("W = W - (c g)² g (c g)")]
    [InlineData("W = W - (c g)⁴")]
    [InlineData("W = W - (c g)/(c |W| + c)")]
    [InlineData("W = W - c g / W²")]
    [InlineData("W = W - √((c g)²) g")]
    [InlineData("W = W - g ((c g)/(g + W))")]
    [InlineData("u = W / c\nW = W - (c u) u / g")]
    public void Factor_that_holds_elements_in_range_stays_with_them(string formulas)
    {
        var source = Of(formulas, "", Hyper("c", 1));
        foreach (var (c, size) in new[] { (1e-30, 1e25), (-1e-20, 1e19), (1e30, 1e-25), (0, 1e20), (1e-5, 1e18), (1, 1) })
        {
            var setting = new Setting([c], 1, size);
            KernelAgreement.VerifyAlgebra<float>(source, precise: false, 19, steps: 1, seed: 1, setting);
            KernelAgreement.VerifyAlgebra<double>(source, precise: false, 19, steps: 1, seed: 2, setting);
        }
    }

    [Theory]
    [InlineData("s = 0.5s + 5(1 - c)")]
    [InlineData("s = 0.5s + ((c - 1)(c + 1) - (1 - c))")]
    [InlineData("s = s + (c - 0.9999999999999998)")]
    [InlineData("s = (s + 1e-20) + (3 - t) + (t - 3 + 1e-20)")]
    public void Numbers_that_cancel_leave_what_is_added_to_them(string formulas)
    {
        var source = Of(formulas + "\nW = W - g", "s:tensor", Hyper("c", 0.9, 0, 1)).WithOutputs();
        foreach (var c in new[] { 0.9, 0.9999999999999999, 1, 0, 1e-20 })
            KernelAgreement.VerifyAlgebra<double>(source, precise: false, 3, steps: 2, seed: 1, new Setting([c], 3, 1));
    }

    [Fact]
    public void Exponents_do_not_overflow()
    {
        var squares = string.Concat(Enumerable.Repeat("s = s s\n", 40));
        foreach (var value in new[] { 1, -1, 1.00000001, 0.5, 0, 3 })
        {
            var source = Of($"s = c\n{squares}u = (c g)\n{squares.Replace('s', 'u')}W = W - s g - u", "", Hyper("c", value));
            KernelAgreement.VerifyAlgebra<float>(source, precise: false, 19, steps: 1, seed: 1, Setting.Default(source));
            KernelAgreement.VerifyAlgebra<double>(source, precise: false, 19, steps: 1, seed: 1, Setting.Default(source));
        }
    }

    [Fact]
    public void Divisor_is_not_divided_by_what_may_be_zero() => Assert.Equal(
        2, Cost(Of("v = μ|g| + λ|W|\nW = W - g/(λ + μ|g|)", "v", Hyper("μ", 0.9, 0, 1), Hyper("λ", 0.5)).WithOutputs())[Op.MultiplyAdd]);

    [Fact]
    public void Statement_that_reaches_nothing_is_dropped() =>
        Assert.DoesNotContain(Op.Sqrt, Cost(Of("x = √(g² + 1)\nW = W - g", "")).Keys);

    [Theory]
    [InlineData("v = μv + g²\nW = W - g", "v")]
    [InlineData("v = μv + g²\nu = u + √v\nW = W - g", "v u")]
    [InlineData("v = √(g² + 1)\nu = v\nW = W - g", "v u")]
    [InlineData("n = n + ‖g‖\nW = W - g", "n:tensor")]
    public void State_that_reaches_nothing_is_neither_read_nor_written(string formulas, string states)
    {
        var source = Of(formulas, states, Hyper("μ", 0.9, 0, 1));

        var plan = Plan(source);

        Assert.Equal(new Dictionary<Op, int> { [Op.Subtract] = 1 }, Cost(source));
        Assert.Single(Assert.Single(plan.Passes).Stores);
        Assert.Empty(plan.Graph.ScalarStores);
        var all = Plan(source.WithOutputs()).Graph;
        Assert.Equal(source.States.Count + 1, all.Stores.Length + all.ScalarStores.Length);
    }

    [Fact]
    public void State_that_each_step_forgets_is_computed_and_not_stored()
    {
        var source = Of("v = g²\nW = W - v", "v");

        Assert.Equal(["W"], Plan(source).Passes[0].Stores.Select(store => store.Symbol!.Name));
        Assert.Equal(["v", "W"], Plan(source.WithOutputs()).Passes[0].Stores.Select(store => store.Symbol!.Name));
    }

    [Theory]
    [InlineData("v = μv + g\nW = W - 0v - g")]
    [InlineData("v = μv + g\nu = u + v\nW = W - u")]
    [InlineData("W = W - v\nv = g")]
    public void State_that_some_step_reads_is_stored(string formulas) =>
        Assert.Contains(Plan(Of(formulas, "v u", Hyper("μ", 0.9, 0, 1))).Passes[0].Stores, store => store.Symbol!.Name == "v");

    [Fact]
    public void Factor_leaves_a_norm()
    {
        var plan = Plan(Of("W = W - g/(1 + norm(3g)) - g/(1 + 2‖g‖)", ""));

        Assert.Single(plan.Reductions);
        Assert.Equal(plan.Graph.Table.Gradient, plan.Reductions[0].Operands[0]);
    }

    internal static ScheduledRule Plan(RuleSource source, bool precise = false)
    {
        var model = Tests.Formulas.Rule.Model(source);
        return Scheduler.Schedule(model, Simplifier.Simplify(model, precise));
    }

    private static Dictionary<Op, int> Cost(RuleSource source, bool precise = false) => Plan(source, precise).Passes
        .SelectMany(pass => pass.ElementNodes().Where(node => !pass.IsLoad(node) && node.Op != Op.New))
        .GroupBy(node => node.Op)
        .ToDictionary(group => group.Key, group => group.Count());

    private static string Shape(RuleSource source) =>
        Plan(source).Passes[0].ElementNodes().Any(node => node.Op == Op.Sqrt && node.Operands[0].Op == Op.Multiply && node.Operands[0].Cardinality == Cardinality.PerElement)
            ? "√" : "";
}
