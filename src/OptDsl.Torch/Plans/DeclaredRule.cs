using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Torch.Plans;

/// <summary>The model of a rule, from the attributes of its class: what its kernels were generated from.</summary>
internal static class DeclaredRule
{
    private static readonly ConcurrentDictionary<Type, RuleModel> s_models = new();

    /// <summary>The model of a rule.</summary>
    /// <exception cref="NotSupportedException">The rule has no formulas: it was written by hand.</exception>
    public static RuleModel Model(IUpdateRule rule) => s_models.GetOrAdd(rule.GetType(), static (type, rule) => Compile(type, rule), rule);

    private static RuleModel Compile(Type type, IUpdateRule rule)
    {
        var attribute = type.GetCustomAttribute<UpdateRuleAttribute>()
            ?? throw new NotSupportedException($"{type.Name} has no [UpdateRule] with formulas: only its kernels can run it, on contiguous float32 and float64 tensors in the CPU's memory.");
        var description = rule.Description;
        if (description.UsesShape)
            throw new NotSupportedException($"{type.Name} sees its parameter as a matrix: only its kernels can run it, on contiguous float32 and float64 tensors in the CPU's memory. Move the parameters there, or give them a rule that computes element by element.");
        var compiled = FormulaCompiler.Compile(new RuleSource(
            RuleKind.UpdateRule, attribute.Formulas, attribute.Parameter, attribute.Gradient, attribute.Step, attribute.Maximize,
            description.States.Select(Source).ToImmutableArray(),
            description.Hypers.Select(hyper => Source(hyper, type)).ToImmutableArray())
        {
            FirstStep = attribute.FirstStep,
        });
        return compiled.Model ?? throw new NotSupportedException($"The formulas of {type.Name} do not compile: {compiled.Errors[0].Message}");
    }

    private static StateSource Source(StateDescription state) =>
        new(state.Symbol, state.Initial, state.Per switch { Per.Group => Cardinality.PerGroup, Per.Tensor => Cardinality.PerTensor, _ => Cardinality.PerElement }, state.Output)
        {
            Meaning = state.Meaning,
            When = state.When,
        };

    private static HyperSource Source(HyperDescription hyper, Type type) =>
        new(hyper.Symbol, hyper.Property, TypeOf(type.GetProperty(hyper.Property)?.PropertyType), hyper.Min, hyper.Max, hyper.Default);

    private static HyperType TypeOf(Type? type) =>
        type == typeof(bool) ? HyperType.Boolean
        : type == typeof(float) ? HyperType.Single
        : type == typeof(Schedule) ? HyperType.Schedule
        : HyperType.Double;
}
