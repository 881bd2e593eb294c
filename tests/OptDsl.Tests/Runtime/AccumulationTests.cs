using OptDsl.Tests.TestRules;

namespace OptDsl.Tests.Runtime;

public sealed class AccumulationTests
{
    [Fact]
    public void Every_nth_call_steps_by_the_mean_of_the_gradients()
    {
        double[] w = [0], g = [0];
        var optimizer = new Optimizer<double> { AccumulationSteps = 4, ZeroGradients = true };
        optimizer.Add(new TestMomentum { LearningRate = 1, Decay = 0 }, new Parameter<double>("w", w, g));
        var outcomes = new List<StepOutcome>();
        for (var part = 1; part <= 8; part++)
        {
            g[0] += part;
            outcomes.Add(optimizer.Step());
            Assert.Equal(part % 4, optimizer.PendingAccumulations);
        }

        Assert.Equal([.. Enumerable.Repeat(StepOutcome.Accumulated, 3), StepOutcome.Stepped], outcomes[..4]);
        Assert.Equal(2, optimizer.StepCount);
        Assert.Equal(-(2.5 + 6.5), w[0]);
        Assert.Equal(0, g[0]);
    }

    [Fact]
    public void A_step_that_throws_can_be_made_again()
    {
        double[] w = [0];
        var rule = new TestMomentum { Decay = 2 };
        var optimizer = new Optimizer<double> { AccumulationSteps = 2 };
        optimizer.Add(rule, new Parameter<double>("w", w, new double[] { 1 }));
        optimizer.Step();
        Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.Step());
        Assert.Equal((1, 0), (optimizer.PendingAccumulations, optimizer.StepCount));
        rule.Decay = 0;
        Assert.Equal(StepOutcome.Stepped, optimizer.Step());
        Assert.Equal(-0.05, w[0]);
    }

    [Fact]
    public void Zeroing_reaches_every_gradient_frozen_ones_included()
    {
        var model = new Model<float>(1, 5, 40_000, 70);
        var optimizer = new Optimizer<float> { ZeroGradients = true };
        optimizer.Add(new TestTrustRatio(), model.Parameters);
        optimizer.Freeze(name => name == "p1");
        var frozen = model.Parameters[1].Value.ToArray();
        model.Train(optimizer, 2);
        Assert.All(model.Gradients, gradient => Assert.All(gradient, element => Assert.Equal(0, element)));
        Assert.Equal(frozen, model.Parameters[1].Value.ToArray());
        Assert.Equal(0, optimizer.StepsOf("p1"));
    }

    [Fact]
    public void Zeroing_changes_no_weight()
    {
        var (plain, zeroed) = (new Model<float>(1, 5, 40_000, 70), new Model<float>(1, 5, 40_000, 70));
        foreach (var (model, zero) in new[] { (plain, false), (zeroed, true) })
        {
            var optimizer = new Optimizer<float> { ZeroGradients = zero };
            optimizer.Add(new TestTrustRatio(), model.Parameters);
            model.Train(optimizer, 3);
        }

        Assert.Equal(plain.Values, zeroed.Values);
    }
}
