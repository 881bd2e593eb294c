using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using static OptDsl.Generators.Tests.Evaluation.Build;

namespace OptDsl.Generators.Tests.Evaluation;

public sealed class RuleRunTests
{
    [Fact]
    public void Momentum_with_decay_gives_the_worked_example()
    {
        var rule = new Build();
        var velocity = rule.State("v");
        var μ = rule.Hyper("μ", 0.9);
        var λ = rule.Hyper("λ", 0.005);
        var η = rule.Hyper("η", 0.1);
        var v = rule.Define(velocity, Add(Add(Multiply(μ, Old(velocity)), Gradient), Multiply(λ, rule.Parameter)));
        rule.Update(Subtract(rule.Parameter, Multiply(η, v)));

        var run = new RuleRun(RuleProgram.Compile(rule.Rule()), [10, 2, -8], [0.9, 0.005, 0.1]);
        run.State(0)[0] = 0.1;
        run.State(0)[1] = -0.1;
        run.State(0)[2] = -0.2;
        run.Step([-0.5, 0.4, 0.2]);

        AssertClose([-0.36, 0.32, -0.02], run.State(0));
        AssertClose([10.036, 1.968, -7.998], run.Parameter);
    }

    [Fact]
    public void Adam_with_a_constant_gradient_moves_by_the_step_size()
    {
        var run = new RuleRun(RuleProgram.Compile(Adam()), [1.0], [0.001, 0.9, 0.999, 0]);

        for (var step = 1; step <= 100; step++)
            run.Step([0.01]);

        Assert.Equal(1 - (100 * 0.001), run.Parameter[0], 12);
    }

    [Fact]
    public void A_name_read_before_its_statement_has_the_old_value_and_after_it_the_new()
    {
        var rule = new Build();
        var state = rule.State("s");
        rule.Define("before", Old(state));
        var updated = rule.Define(state, Add(Old(state), Number(1)));
        rule.Define("after", updated);

        var run = new RuleRun(RuleProgram.Compile(rule.Rule()), [0.0], []);
        run.Step([0]);
        run.Step([0]);

        Assert.Equal(1, run.Value(0)[0]);
        Assert.Equal(2, run.Value(2)[0]);
    }

    [Fact]
    public void States_can_change_places()
    {
        var rule = new Build();
        var a = rule.State("a", Number(1));
        var b = rule.State("b", Number(2));
        rule.Define(a, Old(b));
        rule.Define(b, Old(a));

        var run = new RuleRun(RuleProgram.Compile(rule.Rule()), [0.0], []);
        run.Step([0]);

        Assert.Equal(2, run.State(0)[0]);
        Assert.Equal(1, run.State(1)[0]);
    }

    [Fact]
    public void Only_the_chosen_branch_counts()
    {
        var rule = new Build();
        rule.Update(Where(Binary(Op.Equal, Gradient, Number(0)), Number(7), Divide(Number(1), Gradient)));

        var run = new RuleRun(RuleProgram.Compile(rule.Rule()), [0.0, 0.0, 0.0], []);
        run.Step([0, 4, double.NaN]);

        Assert.Equal([7, 0.25, double.NaN], run.Parameter);
    }

    [Theory]
    [InlineData(3.0, 1)]
    [InlineData(-3.0, -1)]
    [InlineData(0.0, 0)]
    [InlineData(double.NaN, 0)]
    public void Sign_of_zero_and_of_nan_is_zero(double value, double expected)
    {
        var rule = new Build();
        rule.Update(Call(Op.Sign, Gradient));

        var run = new RuleRun(RuleProgram.Compile(rule.Rule()), [9.0], []);
        run.Step([value]);

        Assert.Equal(expected, run.Parameter[0]);
    }

    [Fact]
    public void Reductions_have_one_value_a_tensor_and_per_tensor_states_keep_it()
    {
        var rule = new Build();
        var state = rule.State("n", Reduce(Op.MaxAbs, rule.Parameter), perTensor: true);
        var n = rule.Define(state, Add(Old(state), Reduce(Op.Norm, Gradient)));
        rule.Update(Divide(Gradient, n));

        var run = new RuleRun(RuleProgram.Compile(rule.Rule()), [-2.0, 1], []);
        Assert.Equal([2], run.State(0));
        run.Step([3, 4]);

        Assert.Equal([7], run.State(0));
        Assert.Equal([3.0 / 7, 4.0 / 7], run.Parameter);
    }

    [Fact]
    public void Sums_are_compensated_and_norms_neither_overflow_nor_vanish()
    {
        var rule = new Build();
        rule.Define("sum", Reduce(Op.Sum, Gradient));
        rule.Define("norm", Reduce(Op.Norm, Gradient));
        rule.Define("count", Reduce(Op.Count, Gradient));
        var program = RuleProgram.Compile(rule.Rule());

        var run = new RuleRun(program, [0, 0, 0], []);
        run.Step([1e100, 1, -1e100]);
        Assert.Equal(1, run.Value(0)[0]);
        Assert.Equal(3, run.Value(2)[0]);
        run.Step([3e200, 4e200, 0]);
        Assert.Equal(5e200, run.Value(1)[0], 1e186);
        run.Step([3e-200, 4e-200, 0]);
        Assert.Equal(5e-200, run.Value(1)[0], 1e-214);
    }

    [Fact]
    public void Initial_values_may_be_the_parameter()
    {
        var rule = new Build();
        rule.State("z", rule.Parameter);
        rule.State("c", Number(0.5));

        var run = new RuleRun(RuleProgram.Compile(rule.Rule()), [1.0, -2], []);

        Assert.Equal([1, -2], run.State(0));
        Assert.Equal([0.5, 0.5], run.State(1));
    }

    [Fact]
    public void In_half_a_small_epsilon_vanishes_when_it_meets_a_tensor()
    {
        var rule = new Build();
        var ε = rule.Hyper("ε", 1e-8);
        rule.Update(Add(Multiply(Gradient, Number(0)), ε));
        var program = RuleProgram.Compile(rule.Rule());

        var half = new RuleRun(program, [0.0], [1e-8], ElementFormat.Half);
        half.Step([1]);
        var single = new RuleRun(program, [0.0], [1e-8], ElementFormat.Single);
        single.Step([1]);

        Assert.Equal(0, half.Parameter[0]);
        Assert.Equal((double)1e-8f, single.Parameter[0]);
    }

    [Fact]
    public void A_schedule_is_its_last_assignment_at_the_step()
    {
        var rule = new Build();
        var η = rule.Hyper("η", 0.1);
        var warm = rule.Define("warm", Call(Op.Min, Divide(Step, Number(10)), Number(1)));
        rule.Define("value", Multiply(η, warm));

        var schedule = new ScheduleRun(RuleProgram.Compile(rule.Rule(RuleKind.Schedule)), [0.1]);

        Assert.Equal(0.05, schedule.At(5), 15);
        Assert.Equal(0.1, schedule.At(1_000_000), 15);
        Assert.Equal(0.01, schedule.At(1), 15);
    }

    internal static RuleModel Adam()
    {
        var rule = new Build();
        var first = rule.State("m");
        var second = rule.State("v");
        var η = rule.Hyper("η", 0.001);
        var β1 = rule.Hyper("β1", 0.9);
        var β2 = rule.Hyper("β2", 0.999);
        var ε = rule.Hyper("ε", 1e-8);
        var m = rule.Define(first, Add(Multiply(β1, Old(first)), Multiply(Subtract(Number(1), β1), Gradient)));
        var v = rule.Define(second, Add(Multiply(β2, Old(second)), Multiply(Subtract(Number(1), β2), Power(Gradient, Number(2)))));
        var m̂ = rule.Define("m̂", Divide(m, Subtract(Number(1), Power(β1, Step))));
        var v̂ = rule.Define("v̂", Divide(v, Subtract(Number(1), Power(β2, Step))));
        rule.Update(Subtract(rule.Parameter, Divide(Multiply(η, m̂), Add(Call(Op.Sqrt, v̂), ε))));
        return rule.Rule();
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        for (var index = 0; index < expected.Length; index++)
            Assert.Equal(expected[index], actual[index], 14);
    }
}
