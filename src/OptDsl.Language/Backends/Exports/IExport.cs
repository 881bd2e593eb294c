using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Backends.Exports;

/// <summary>Writes a rule in another language.</summary>
internal interface IExport
{
    /// <summary>What users call it: <c>pytorch</c>.</summary>
    string Name { get; }

    /// <summary>What the language is called: <c>PyTorch</c>.</summary>
    string Title { get; }

    /// <param name="name">The name of the rule, as its class is called.</param>
    /// <param name="model">The rule.</param>
    Exported Write(string name, RuleModel model);
}

/// <summary>The text, or else why there is none.</summary>
internal sealed record Exported(string? Text, string? Refusal)
{
    public static Exported As(string text) => new(text, null);

    public static Exported Refused(string reason) => new(null, reason);

    /// <summary>The refusal of a language that writes rules which compute element by element, of a rule that does not; null for others.</summary>
    public static Exported? RefusedMatrices(RuleModel model) =>
        model.UsesMatrices ? Refused("it sees its parameter as a matrix, and this export writes rules that compute element by element") : null;
}
