using OptDsl.Rules;

namespace OptDsl.Tests.Rules;

/// <summary>The description of a rule, which a generated class implements explicitly, is there without a cast.</summary>
public sealed class DescriptionTests
{
    [Fact]
    public void A_rule_describes_itself_without_a_cast()
    {
        var rule = new Momentum();

        Assert.Same(((IUpdateRule)rule).Description, rule.Description);
        Assert.Equal("Momentum", rule.Description.Name);
    }

    [Fact]
    public void A_member_of_the_class_with_that_name_comes_first()
    {
        var rule = new Described();

        Assert.Equal("mine", rule.Description);
        Assert.Equal("Described", ((IUpdateRule)rule).Description.Name);
    }
}

/// <summary>A rule with a member that is called as one of the interface.</summary>
[UpdateRule("W = W - ηg")]
internal sealed partial class Described
{
    [Hyper("η", Min = 0)] public double LearningRate { get; set; } = 0.1;

    public string Description { get; } = "mine";
}
