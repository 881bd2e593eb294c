using System.Text.Json;
using System.Text.Json.Serialization;

namespace OptDsl.Torch.States;

/// <summary>A group in a file.</summary>
/// <param name="Rule">The name of the rule's class.</param>
/// <param name="Hash">What identifies the rule.</param>
/// <param name="LearningRate">The rate at the last step.</param>
/// <param name="InitialLearningRate">The rate that schedulers start from.</param>
/// <param name="States">The per-group states by their symbols.</param>
/// <param name="Parameters">The names of the parameters.</param>
internal sealed record SavedRuleGroup(
    string Rule, string Hash, double LearningRate, double InitialLearningRate, Dictionary<string, double> States, string[] Parameters)
{
    public static JsonSerializerOptions Json { get; } = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>True for what could have been saved of a group with a rule.</summary>
    public bool IsWhole(RuleDescription rule) =>
        double.IsFinite(LearningRate) && LearningRate >= 0 && double.IsFinite(InitialLearningRate) && InitialLearningRate >= 0
        && (States.Count == 0 || rule.States.Where(state => state.Per == Per.Group).Select(state => state.Symbol).ToHashSet().SetEquals(States.Keys));
}
