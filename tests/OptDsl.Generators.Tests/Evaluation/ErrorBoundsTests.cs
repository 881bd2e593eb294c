using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Operations;
using static OptDsl.Generators.Tests.Evaluation.Build;

namespace OptDsl.Generators.Tests.Evaluation;

public sealed class ErrorBoundsTests
{
    [Fact]
    public void A_float_run_of_adam_stays_within_the_bounds_and_the_bounds_are_useful()
    {
        var program = RuleProgram.Compile(RuleRunTests.Adam());
        double[] start = [1.0f, -2.5f, 0, 1e-3f], hypers = [0.001, 0.9, 0.999, 1e-8];
        var exact = new RuleRun(program, start, hypers, bounded: ElementFormat.Single);
        var rounded = new RuleRun(program, start, hypers, ElementFormat.Single);
        var random = new Random(5);

        for (var step = 0; step < 50; step++)
        {
            double[] gradient = [.. start.Select(_ => (double)(float)(random.NextDouble() - 0.3))];
            exact.Step(gradient);
            rounded.Step(gradient);
            for (var index = 0; index < start.Length; index++)
            {
                var bound = exact.Bounds!.Parameter[index];
                Assert.InRange(Math.Abs(exact.Parameter[index] - rounded.Parameter[index]), 0, bound);
                Assert.InRange(bound, 0, 1e-4);
            }
        }
    }

    [Fact]
    public void An_undecided_comparison_widens_the_bound_by_the_other_branch()
    {
        var rule = new Build();
        var third = Divide(Gradient, Number(3));
        rule.Update(Where(Binary(Op.Greater, Multiply(third, Number(3)), Gradient), Number(10), Number(20)));

        var run = new RuleRun(RuleProgram.Compile(rule.Rule()), [0.0], [], bounded: ElementFormat.Single);
        run.Step([1]);

        Assert.InRange(run.Bounds!.Parameter[0], 10, 11);
    }

    [Fact]
    public void A_decided_comparison_does_not()
    {
        var rule = new Build();
        rule.Update(Where(Binary(Op.Greater, Divide(Gradient, Number(3)), Number(0)), Number(16), Number(32)));

        var run = new RuleRun(RuleProgram.Compile(rule.Rule()), [0.0], [], bounded: ElementFormat.Single);
        run.Step([1]);

        Assert.InRange(run.Bounds!.Parameter[0], 0, 1e-5);
    }

    [Fact]
    public void The_terms_of_a_sum_may_be_added_in_any_order()
    {
        // g + (1 - W) is tiny as written, and 0 where g + 1 is rounded first.
        var rule = new Build();
        rule.Update(Call(Op.Sign, Add(Gradient, Subtract(Number(1), rule.Parameter))));

        var run = new RuleRun(RuleProgram.Compile(rule.Rule()), [1.0], [], bounded: ElementFormat.Single);
        run.Step([1e-10]);

        Assert.Equal(1, run.Parameter[0]);
        Assert.InRange(run.Bounds!.Parameter[0], 1, 2.1);
    }

    [Theory]
    [InlineData(nameof(Op.Sign), 2.0)]
    [InlineData(nameof(Op.Floor), 1.0)]
    public void An_undecided_jump_is_as_wide_as_the_jump(string name, double width)
    {
        var function = Enum.Parse<Op>(name);
        var rule = new Build();
        var noise = Subtract(Multiply(Divide(Gradient, Number(3)), Number(3)), Gradient);
        rule.Update(Call(function, noise));

        var run = new RuleRun(RuleProgram.Compile(rule.Rule()), [0.0], [], bounded: ElementFormat.Single);
        run.Step([1]);

        Assert.True(run.Bounds!.Parameter[0] >= width);
    }

    [Fact]
    public void A_denominator_that_may_be_zero_bounds_nothing()
    {
        var rule = new Build();
        var noise = Subtract(Multiply(Divide(Gradient, Number(3)), Number(3)), Gradient);
        rule.Update(Divide(Number(1), Add(noise, Number(1e-12))));

        var run = new RuleRun(RuleProgram.Compile(rule.Rule()), [0.0], [], bounded: ElementFormat.Single);
        run.Step([1]);

        Assert.Equal(double.PositiveInfinity, run.Bounds!.Parameter[0]);
    }

    [Fact]
    public void Reset_says_that_both_agree_again()
    {
        var run = new RuleRun(RuleProgram.Compile(RuleRunTests.Adam()), [1.0], [0.001, 0.9, 0.999, 1e-8], bounded: ElementFormat.Single);
        run.Step([0.5]);
        Assert.NotEqual(0, run.Bounds!.Parameter[0]);

        run.Bounds.Reset();

        Assert.Equal(0, run.Bounds.Parameter[0]);
    }
}
