using OptDsl.Rules;
using OptDsl.Rules.Matrices;

namespace OptDsl.Tests.Runtime;

/// <summary>Rules of matrices and what an optimizer does beside its steps: vectors, freezing, accumulation, clipping, states that depend on sizes.</summary>
public sealed class MatrixRuntimeTests
{
    public static TheoryData<Type> ForMatrices => [typeof(Muon), typeof(NorMuon), typeof(AdaMuon), typeof(AdaptiveMuon)];

    public static TheoryData<Type> All => [.. Rules.DeclaredRule.OfMatrices];

    [Theory]
    [MemberData(nameof(ForMatrices))]
    public void A_vector_is_refused_by_a_rule_for_matrices_and_nothing_is_added(Type type)
    {
        var model = new Model<float>(1, ("weight", [4, 3]), ("bias", [3]), ("scale", []));
        var optimizer = new Optimizer<float>();
        foreach (var add in (Action[])[() => optimizer.Add(Create<float>(type), model.Parameters), () => optimizer.AddGroups(Create<float>(type), (model.Parameters[..1], 1), (model.Parameters[2..], 1))])
        {
            var refused = Assert.Throws<ArgumentException>(add);
            Assert.Contains(type.Name, refused.Message, StringComparison.Ordinal);
            Assert.Contains("for matrices", refused.Message, StringComparison.Ordinal);
            Assert.Contains(".Except(parameter => parameter.Rank >= 2", refused.Message, StringComparison.Ordinal);
            Assert.Empty(optimizer.Groups);
        }

        var group = optimizer.Add(new AdamW(), model.Parameters);
        Assert.Throws<ArgumentException>(() => group.Except(parameter => parameter.Name == "bias", Create<float>(type)));
        Assert.Equal(["weight"], group.Except(parameter => parameter.Rank >= 2, Create<float>(type)).Parameters.Select(parameter => parameter.Name));
        model.Train(optimizer, 3);
        Assert.All(model.Values.SelectMany(values => values), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Other_rules_take_vectors()
    {
        var refusing = Rules.DeclaredRule.OfMatrices.Where(type => Create<float>(type).Description.IsForMatrices).Select(type => type.Name);
        Assert.Equal(["AdaMuon", "AdaptiveMuon", "Muon", "NorMuon"], refusing);
        foreach (var type in Rules.DeclaredRule.OfMatrices.Where(type => !Create<float>(type).Description.IsForMatrices))
        {
            var model = new Model<double>(2, ("bias", [5]), ("number", []), ("weight", [4, 3]));
            var optimizer = new Optimizer<double>();
            optimizer.Add(Create<double>(type), model.Parameters);
            model.Train(optimizer, 12);
            Assert.All(model.Values.SelectMany(values => values), value => Assert.True(double.IsFinite(value), type.Name));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Freezing_for_a_while_changes_nothing_but_the_time(Type type)
    {
        var (straight, paused) = (Matrices(), Matrices());
        var (one, other) = (Optimizer(type, straight), Optimizer(type, paused));
        straight.Train(one, 5);
        paused.Train(other, 2);
        other.Freeze(_ => true);
        other.Step();
        other.Unfreeze(_ => true);
        for (var step = 3; step <= 5; step++)
        {
            paused.Backward(step);
            other.Step();
        }

        Assert.Equal(straight.Values, paused.Values);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Accumulated_gradients_are_their_mean(Type type)
    {
        var (expected, actual) = (Matrices(), Matrices());
        var (one, other) = (Optimizer(type, expected), Optimizer(type, actual));
        (other.AccumulationSteps, other.ZeroGradients) = (2, true);
        for (var step = 1; step <= 3; step++)
        {
            expected.Backward(step);
            actual.Backward(step);
            Assert.Equal(StepOutcome.Accumulated, other.Step());
            foreach (var (from, to) in expected.Parameters.Zip(actual.Parameters))
            {
                for (var i = 0; i < from.Length; i++)
                    to.Gradient.Span[i] += from.Gradient.Span[i];
            }

            one.Step();
            Assert.Equal(StepOutcome.Stepped, other.Step());
        }

        Assert.Equal(expected.Values, actual.Values);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_clipped_gradient_is_that_which_the_caller_would_have_scaled(Type type)
    {
        // Of matrices that are not square the eigenvectors of what no gradient has reached yet are as good as any, and a rounding changes them.
        static Model<double> Square() => new(7, ("first", [4, 4]), ("second", [3, 3]));
        var (expected, actual) = (Square(), Square());
        var (one, other) = (Optimizer(type, expected), Optimizer(type, actual));
        other.Clipping = GradientClipping.ByGlobalNorm(0.5);
        for (var step = 1; step <= 4; step++)
        {
            expected.Backward(step);
            actual.Backward(step);
            var norm = Math.Sqrt(expected.Gradients.SelectMany(gradient => gradient).Sum(x => x * x));
            foreach (var parameter in expected.Parameters)
            {
                for (var i = 0; i < parameter.Length; i++)
                    parameter.Gradient.Span[i] *= 0.5 / (norm + 1e-6);
            }

            one.Step();
            other.Step();
        }

        foreach (var (left, right) in expected.Values.SelectMany(values => values).Zip(actual.Values.SelectMany(values => values)))
            Assert.Equal(left, right, 1e-9 * (1 + Math.Abs(left)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void States_in_bfloat16_are_refused_with_the_reason(Type type)
    {
        var group = Optimizer(type, Matrices()).Groups[0];
        if (group.Rule.Description.ElementStateCount == 0)
            return;
        Assert.Contains($"{type.Name} works on rows and columns", Assert.Throws<NotSupportedException>(() => group.StoreStates(Storage.BFloat16)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_side_that_is_too_long_takes_no_memory_and_another_limit_takes_effect_at_the_next_step()
    {
        var model = new Model<float>(3, ("wide", [3, 40]), ("tall", [40, 3]), ("bias", [6]));
        var rule = new Soap { MaxPreconditionerSize = 8, Interval = 2 };
        var optimizer = new Optimizer<float>();
        optimizer.Add(rule, model.Parameters);
        model.Train(optimizer, 3);
        Assert.Equal([9, 0, 0, 9, 0, 0], Sizes());
        rule.PreconditionVectors = true;
        rule.MaxPreconditionerSize = 40;
        model.Train(optimizer, 1);
        Assert.Equal([9, 1600, 1600, 9, 36, 0], Sizes());
        Assert.All(model.Values.SelectMany(values => values), value => Assert.True(float.IsFinite(value)));

        int[] Sizes() => [.. model.Parameters.SelectMany(parameter => new[] { optimizer.State(parameter.Name, "L").Length, optimizer.State(parameter.Name, "R").Length })];
    }

    private static IUpdateRule<T> Create<T>(Type type)
        where T : unmanaged => (IUpdateRule<T>)Activator.CreateInstance(type)!;

    private static Model<double> Matrices() => new(7, ("square", [4, 4]), ("wide", [3, 5]), ("filter", [2, 3, 2, 2]));

    private static Optimizer<double> Optimizer(Type type, Model<double> model)
    {
        var optimizer = new Optimizer<double>();
        optimizer.Add(Create<double>(type), model.Parameters);
        return optimizer;
    }
}
