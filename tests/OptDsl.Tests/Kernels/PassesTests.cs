using OptDsl.Kernels;
using OptDsl.Rules;

namespace OptDsl.Tests.Kernels;

/// <summary>What the runtime does for generated rules: checks of their tensors, first values, the choice of a pass.</summary>
public sealed class PassesTests
{
    private static readonly string[] s_names = ["W", "g", "m", "v", "s"];

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Tensors_of_another_length_are_refused_by_name(int count)
    {
        Check([.. Enumerable.Range(0, count).Select(_ => new float[4].AsMemory())]);
        for (var i = 1; i < count; i++)
        {
            var tensors = Enumerable.Range(0, count).Select(k => new float[k == i ? 3 : 4].AsMemory()).ToArray();
            var error = Assert.Throws<ArgumentException>(() => Check(tensors));
            Assert.Equal(s_names[i], error.ParamName);
            Assert.StartsWith($"{s_names[i]} has 3 elements and W has 4", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Two_tensors_that_overlap_are_refused_by_name(int count)
    {
        for (var i = 0; i < count; i++)
        {
            for (var j = i + 1; j < count; j++)
            {
                var tensors = Enumerable.Range(0, count).Select(_ => new float[4].AsMemory()).ToArray();
                var shared = new float[7].AsMemory();
                (tensors[i], tensors[j]) = (shared[..4], shared[3..]);
                var error = Assert.Throws<ArgumentException>(() => Check(tensors));
                Assert.Equal(s_names[j], error.ParamName);
                Assert.StartsWith($"{s_names[i]} and {s_names[j]} overlap", error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void States_begin_at_zero_where_a_rule_does_not_say_otherwise()
    {
        IUpdateRule<float> rule = new AdamW();
        float[] state = [1, 2, 3];

        rule.Initialize(1, 1, [4, 5, 6], state);

        Assert.Equal([0, 0, 0], state);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void There_is_no_first_value_of_a_state_that_does_not_exist(int state)
    {
        IUpdateRule<double> rule = new AdamW();

        var error = Assert.Throws<ArgumentOutOfRangeException>(() => rule.Initialize(state, 1, [1], [1]));

        Assert.Equal("state", error.ParamName);
    }

    [Fact]
    public void The_first_value_of_a_state_of_elements_is_as_long_as_the_parameter()
    {
        IUpdateRule<float> rule = new AdamW();

        var error = Assert.Throws<ArgumentException>(() => rule.Initialize(0, 1, [1, 2], [1]));

        Assert.Equal("destination", error.ParamName);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_pass_that_does_not_exist_does_not_run(bool isAfterTheLast)
    {
        IUpdateRule<float> rule = new AdamW();
        var pass = isAfterTheLast ? rule.Description.Passes.Count : -1;
        var scalars = new double[rule.Description.ScalarCount];
        rule.BeginStep(1, scalars);

        var error = Assert.Throws<ArgumentOutOfRangeException>(() =>
        {
            float[] states = [0, 0, 0];
            rule.RunPass(pass, new PassSlice<float>([1], [1], ref states[0], 1, scalars, [], GradientTransform.None));
        });

        Assert.Equal("pass", error.ParamName);
    }

    private static void Check(Memory<float>[] tensors)
    {
        ReadOnlySpan<float> Of(int index) => tensors[index].Span;
        switch (tensors.Length)
        {
            case 2:
                RuleChecks.Tensors("W", Of(0), "g", Of(1));
                break;
            case 3:
                RuleChecks.Tensors("W", Of(0), "g", Of(1), "m", Of(2));
                break;
            case 4:
                RuleChecks.Tensors("W", Of(0), "g", Of(1), "m", Of(2), "v", Of(3));
                break;
            default:
                RuleChecks.Tensors("W", Of(0), "g", Of(1), "m", Of(2), "v", Of(3), "s", Of(4));
                break;
        }
    }
}
