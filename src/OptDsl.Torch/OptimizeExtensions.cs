using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OptDsl.Torch;

/// <summary>Any rule as an optimizer of TorchSharp.</summary>
public static class OptimizeExtensions
{
    /// <summary>
    /// An optimizer of all parameters of a module:
    /// <c>var optimizer = model.Optimize(lr: 1e-3, rate => new AdamW { LearningRate = rate });</c>
    /// </summary>
    /// <param name="module">The module, on the device and in the type in which it will be trained.</param>
    /// <param name="lr">The learning rate, until a scheduler of TorchSharp or the group's <c>LearningRate</c> sets another.</param>
    /// <param name="rule">Makes the rule, given the learning rate, as a <see cref="Schedule"/> or a number.</param>
    /// <param name="options">What concerns the whole optimizer.</param>
    /// <exception cref="ArgumentException">The module has no parameters.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative, infinite or NaN.</exception>
    public static RuleOptimizer Optimize(this nn.Module module, double lr, Func<GroupRate, IUpdateRule> rule, RuleOptimizerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        return module.named_parameters().Optimize(lr, rule, options);
    }

    /// <summary>An optimizer of named parameters: <c>model.named_parameters().Where(…).Optimize(…)</c>.</summary>
    /// <param name="parameters">The parameters with their names.</param>
    /// <param name="lr">The learning rate, until a scheduler of TorchSharp or the group's <c>LearningRate</c> sets another.</param>
    /// <param name="rule">Makes the rule, given the learning rate, as a <see cref="Schedule"/> or a number.</param>
    /// <param name="options">What concerns the whole optimizer.</param>
    /// <exception cref="ArgumentException">There are no parameters, or two have one name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative, infinite or NaN.</exception>
    public static RuleOptimizer Optimize(
        this IEnumerable<(string name, Parameter parameter)> parameters, double lr, Func<GroupRate, IUpdateRule> rule, RuleOptimizerOptions? options = null) =>
        new([new RuleGroup(parameters, lr, rule)], options);

    /// <summary>An optimizer of parameters, which get their numbers for names.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="lr">The learning rate, until a scheduler of TorchSharp or the group's <c>LearningRate</c> sets another.</param>
    /// <param name="rule">Makes the rule, given the learning rate, as a <see cref="Schedule"/> or a number.</param>
    /// <param name="options">What concerns the whole optimizer.</param>
    /// <exception cref="ArgumentException">There are no parameters.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative, infinite or NaN.</exception>
    public static RuleOptimizer Optimize(
        this IEnumerable<Parameter> parameters, double lr, Func<GroupRate, IUpdateRule> rule, RuleOptimizerOptions? options = null) =>
        new([new RuleGroup(parameters, lr, rule)], options);
}
