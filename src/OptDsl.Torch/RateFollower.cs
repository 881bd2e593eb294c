using System.Reflection;

namespace OptDsl.Torch;

/// <summary>Keeps the hyper-parameters of a rule that were made from the number of the learning rate up with it.</summary>
/// <param name="rule">The rule.</param>
/// <param name="rate">The rate.</param>
/// <param name="make">Makes the rule for a rate.</param>
internal sealed class RateFollower(IUpdateRule rule, GroupRate rate, Func<GroupRate, IUpdateRule> make)
{
    private double _followed = rate.At(1);

    /// <summary>Sets what the rate now makes different; what was set by hand stays.</summary>
    /// <exception cref="NotSupportedException">The rule was written by hand, and does not let its hyper-parameters be set.</exception>
    public void Follow()
    {
        var now = rate.At(1);
        if (now.Equals(_followed))
            return;
        var (before, after) = (make(new GroupRate(_followed)), make(rate));
        for (var hyper = 0; hyper < rule.Description.Hypers.Count; hyper++)
        {
            if (!AreSame(before, after, hyper))
                Copy(after, hyper);
        }

        _followed = now;
    }

    private static bool AreSame(IUpdateRule first, IUpdateRule second, int hyper) =>
        first.HyperAt(hyper, 1).Equals(second.HyperAt(hyper, 1)) && first.ScheduleOf(hyper)?.ToString() == second.ScheduleOf(hyper)?.ToString();

    // Schedules too, and what can be set only while the rule is made.
    private void Copy(IUpdateRule source, int hyper)
    {
        var property = rule.GetType().GetProperty(rule.Description.Hypers[hyper].Property, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        if (property is { CanWrite: true })
            property.SetValue(rule, property.GetValue(source));
        else
            rule.SetHyper(hyper, source.HyperAt(hyper, 1));
    }
}
