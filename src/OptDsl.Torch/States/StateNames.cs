using System.Text.RegularExpressions;

namespace OptDsl.Torch.States;

/// <summary>What states are called outside: by the name that torch has for them, or else by their symbol.</summary>
internal static partial class StateNames
{
    private static readonly string[] s_adam = ["exp_avg", "exp_avg_sq", "max_exp_avg_sq"];

    /// <summary>The name of a state: <c>exp_avg</c> where its meaning says "first moment (exp_avg)", its symbol where it has none.</summary>
    public static string Of(StateDescription state) =>
        InTorch().Match(state.Meaning) is { Success: true } match ? match.Groups[1].Value : state.Symbol;

    /// <summary>
    /// What a state may be called by another program: its name; in a rule of one state of the elements the momentum of SGD, in one of two or
    /// three the moments of Adam, in the order of their declaration.
    /// </summary>
    public static IEnumerable<string> Candidates(IReadOnlyList<StateDescription> states, StateDescription state)
    {
        yield return Of(state);
        List<StateDescription> ofElements = [.. states.Where(other => other is { Per: Per.Element })];
        var index = ofElements.IndexOf(state);
        if (index >= 0 && ofElements.Count == 1)
            yield return "momentum_buffer";
        else if (index >= 0 && ofElements.Count <= s_adam.Length)
            yield return s_adam[index];
    }

    [GeneratedRegex(@"\(([a-z_][a-z0-9_]*(?:\[[a-z0-9\[\]]+\])?)\)$")]
    private static partial Regex InTorch();
}
