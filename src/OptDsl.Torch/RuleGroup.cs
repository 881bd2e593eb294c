using TorchSharp.Modules;
using static TorchSharp.torch.optim;

namespace OptDsl.Torch;

/// <summary>
/// The parameters of an optimizer that one rule, with one set of hyper-parameters, updates. <see cref="ParamGroup.LearningRate"/> is
/// what schedulers set, and what the rule reads at each step.
/// </summary>
public sealed class RuleGroup : ParamGroup<RuleGroupOptions>, IMomentum
{
    private static readonly string[] s_momentum = ["Momentum", "Beta1", "μ", "β₁", "β1", "β"];
    private readonly RateFollower? _follower;
    private List<NamedParameter> _named;

    /// <summary>A group of named parameters.</summary>
    /// <param name="parameters">The parameters with their names; one that is there twice, as a tied weight is, counts once.</param>
    /// <param name="lr">The learning rate, until a scheduler or <see cref="ParamGroup.LearningRate"/> sets another.</param>
    /// <param name="rule">Makes the rule, given the learning rate: <c>rate => new AdamW { LearningRate = rate }</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative, infinite or NaN.</exception>
    public RuleGroup(IEnumerable<(string name, Parameter parameter)> parameters, double lr, Func<GroupRate, IUpdateRule> rule)
        : this([.. (parameters ?? throw new ArgumentNullException(nameof(parameters))).Select(pair => new NamedParameter(pair.name, pair.parameter))], lr, rule)
    {
    }

    /// <summary>A group of parameters, which get their numbers for names.</summary>
    /// <inheritdoc cref="RuleGroup(IEnumerable{ValueTuple{string, Parameter}}, double, Func{GroupRate, IUpdateRule})"/>
    public RuleGroup(IEnumerable<Parameter> parameters, double lr, Func<GroupRate, IUpdateRule> rule)
        : this([.. (parameters ?? throw new ArgumentNullException(nameof(parameters))).Select(parameter => new NamedParameter("", parameter))], lr, rule)
    {
    }

    internal RuleGroup(List<NamedParameter> named, double lr, Func<GroupRate, IUpdateRule> rule)
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
        if (rate.WasNumber)
            _follower = new RateFollower(Rule, rate, rule);
    }

    /// <summary>The rule. Setting its hyper-parameters between steps is how they are changed by hand.</summary>
    public IUpdateRule Rule { get; }

    /// <summary>The parameters with their names.</summary>
    public IReadOnlyList<NamedParameter> NamedParameters => _named;

    internal RuleOptimizer? Optimizer { get; set; }

    /// <summary>The momentum of the rule, for the schedulers of TorchSharp that cycle it.</summary>
    double IMomentum.Momentum
    {
        get => Rule.HyperAt(MomentumHyper, 1);
        set => Rule.SetHyper(MomentumHyper, value);
    }

    private int MomentumHyper
    {
        get
        {
            var hypers = Rule.Description.Hypers;
            foreach (var name in s_momentum)
            {
                for (var i = 0; i < hypers.Count; i++)
                {
                    if (hypers[i].Property == name || hypers[i].Symbol == name)
                        return i;
                }
            }

            throw new NotSupportedException($"The rule {Rule.Description.Name} has no momentum to cycle: make the scheduler with cycle_momentum: false.");
        }
    }

    /// <summary>Brings numbers of the rule that were made from the learning rate up to it.</summary>
    internal void FollowRate() => _follower?.Follow();

    /// <summary>Replaces the parameters by those that <paramref name="choose"/> keeps, under the names that it gives them.</summary>
    internal void Rename(Func<NamedParameter, NamedParameter?> choose)
    {
        _named = [.. _named.Select(choose).OfType<NamedParameter>()];
        Parameters = [.. _named.Select(parameter => parameter.Parameter)];
    }
}
