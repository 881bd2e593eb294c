using TorchSharp.Modules;

namespace OptDsl.Torch;

/// <summary>
/// The parameters of an optimizer that one rule, with one set of hyper-parameters, updates. <see cref="ParamGroup.LearningRate"/> is
/// what schedulers set, and what the rule reads at each step.
/// </summary>
public sealed class RuleGroup : ParamGroup<RuleGroupOptions>
{
    private List<NamedParameter> _named;

    /// <summary>A group of named parameters.</summary>
    /// <param name="parameters">The parameters with their names; one that is there twice, as a tied weight is, counts once.</param>
    /// <param name="lr">The learning rate, until a scheduler or <see cref="ParamGroup.LearningRate"/> sets another.</param>
    /// <param name="rule">Makes the rule, given the learning rate: <c>rate => new AdamW { LearningRate = rate }</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative, infinite or NaN.</exception>
    public RuleGroup(IEnumerable<(string name, Parameter parameter)> parameters, double lr, Func<Schedule, IUpdateRule> rule)
        : this([.. (parameters ?? throw new ArgumentNullException(nameof(parameters))).Select(pair => new NamedParameter(pair.name, pair.parameter))], lr, rule)
    {
    }

    /// <summary>A group of parameters, which get their numbers for names.</summary>
    /// <inheritdoc cref="RuleGroup(IEnumerable{ValueTuple{string, Parameter}}, double, Func{Schedule, IUpdateRule})"/>
    public RuleGroup(IEnumerable<Parameter> parameters, double lr, Func<Schedule, IUpdateRule> rule)
        : this([.. (parameters ?? throw new ArgumentNullException(nameof(parameters))).Select(parameter => new NamedParameter("", parameter))], lr, rule)
    {
    }

    internal RuleGroup(List<NamedParameter> named, double lr, Func<Schedule, IUpdateRule> rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (!(lr >= 0 && double.IsFinite(lr)))
            throw new ArgumentOutOfRangeException(nameof(lr), lr, "The learning rate is a finite number, at least 0.");
        _named = named;
        Parameters = [.. named.Select(parameter => parameter.Parameter)];
        Options = new RuleGroupOptions { LearningRate = lr, InitialLearningRate = lr, Group = this };
        var rate = new GroupRate(lr);
        Rule = rule(rate) ?? throw new ArgumentException("The function made no rule.", nameof(rule));
        rate.Group = this;
    }

    /// <summary>The rule. Setting its hyper-parameters between steps is how they are changed by hand.</summary>
    public IUpdateRule Rule { get; }

    /// <summary>The parameters with their names.</summary>
    public IReadOnlyList<NamedParameter> NamedParameters => _named;

    internal RuleOptimizer? Optimizer { get; set; }

    /// <summary>Replaces the parameters by those that <paramref name="choose"/> keeps, under the names that it gives them.</summary>
    internal void Rename(Func<NamedParameter, NamedParameter?> choose)
    {
        _named = [.. _named.Select(choose).OfType<NamedParameter>()];
        Parameters = [.. _named.Select(parameter => parameter.Parameter)];
    }
}
