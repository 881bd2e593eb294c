using System.Reflection;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OptDsl.Torch.States;

/// <summary>What optimizers of other rules and of TorchSharp itself, as public fields, keep of a parameter under torch's names.</summary>
internal static class ForeignState
{
    /// <summary>Reads the state of one of TorchSharp's optimizers.</summary>
    /// <exception cref="ArgumentException">It lacks a state that the rule has.</exception>
    public static ParameterState Read(OptimizerState source, TrainedParameter parameter, long stepsUnlessCounted)
    {
        var fields = source.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance).ToDictionary(field => field.Name, field => field.GetValue(source));
        var steps = fields.GetValueOrDefault("step") is long counted ? counted : stepsUnlessCounted;
        if (fields.Values.OfType<Tensor>().All(tensor => tensor.IsInvalid))
            steps = 0;
        return Read(fields, steps, source.GetType().DeclaringType?.Name ?? source.GetType().Name, parameter);
    }

    /// <summary>Reads the state that a rule keeps from what another keeps, by torch's names.</summary>
    /// <exception cref="ArgumentException">It lacks a state that the rule has.</exception>
    public static ParameterState Read(ParameterState source, RuleDescription sourceRule, TrainedParameter parameter)
    {
        var fields = sourceRule.States.Where(state => source.States.ContainsKey(state.Symbol)).ToDictionary(StateNames.Of, state => (object?)source.States[state.Symbol]);
        return Read(fields, source.Steps, sourceRule.Name, parameter);
    }

    private static ParameterState Read(Dictionary<string, object?> fields, long steps, string source, TrainedParameter parameter)
    {
        var states = new Dictionary<string, Tensor>();
        foreach (var state in steps == 0 ? [] : parameter.Group.Rule.Description.States)
        {
            if (state.Per == Per.Group)
                continue;
            var names = StateNames.Candidates(parameter.Group.Rule.Description.States, state);
            switch (names.Select(name => fields.GetValueOrDefault(name)).FirstOrDefault(value => value is not null))
            {
                case Tensor tensor:
                    states.Add(state.Symbol, tensor.detach().to(CPU, copy: true));
                    break;
                case double number:
                    states.Add(state.Symbol, tensor(number, ScalarType.Float64));
                    break;
                default:
                    if (state.When == "")
                        throw new ArgumentException($"The rule {parameter.Group.Rule.Description.Name} keeps '{StateNames.Of(state)}', which {source} does not: it has {string.Join(", ", fields.Keys)}.", nameof(source));
                    break;
            }
        }

        return new ParameterState(steps, states, null);
    }

    /// <summary>Gives one of TorchSharp's optimizers what a rule keeps.</summary>
    /// <exception cref="ArgumentException">It has no place for a state, or keeps one that the rule does not.</exception>
    public static void Write(ParameterState state, TrainedParameter parameter, OptimizerState target)
    {
        var fields = target.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance).ToDictionary(field => field.Name);
        var states = parameter.Group.Rule.Description.States;
        foreach (var description in states.Where(description => state.States.ContainsKey(description.Symbol)))
        {
            if (StateNames.Candidates(states, description).Select(name => fields.GetValueOrDefault(name)).FirstOrDefault(field => field is not null) is not { } field)
                throw new ArgumentException($"{target.GetType().DeclaringType?.Name ?? target.GetType().Name} has no place for the state '{StateNames.Of(description)}': it has {string.Join(", ", fields.Keys)}.", nameof(target));
            var tensor = state.States[description.Symbol];
            if (field.FieldType == typeof(double))
            {
                field.SetValue(target, tensor.ToDouble());
                continue;
            }

            (field.GetValue(target) as Tensor)?.Dispose();
            field.SetValue(target, tensor.to(parameter.Parameter.dtype, parameter.Parameter.device, copy: true).DetachFromDisposeScope());
        }

        fields.GetValueOrDefault("step")?.SetValue(target, state.Steps);
    }
}
