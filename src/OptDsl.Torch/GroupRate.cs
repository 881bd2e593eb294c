using System.Globalization;

namespace OptDsl.Torch;

/// <summary>The learning rate of a group, as schedulers and users have set it last.</summary>
internal sealed class GroupRate(double initial) : Schedule
{
    /// <summary>The group, once it is made.</summary>
    public RuleGroup? Group { get; set; }

    public override double At(long step) => Group?.LearningRate ?? initial;

    public override string ToString() => At(1).ToString(CultureInfo.InvariantCulture);
}
