using OptDsl.Language.Formulas;

namespace OptDsl.Language.Documents;

/// <summary>Words that headers are read and written with.</summary>
internal static class DocumentWords
{
    /// <summary>Marks a hyper-parameter that may change from step to step.</summary>
    public const string Scheduled = "scheduled";

    private static readonly Dictionary<string, Cardinality> s_shapes = new() { ["element"] = Cardinality.PerElement, ["tensor"] = Cardinality.PerTensor, ["group"] = Cardinality.PerGroup };

    public static Cardinality? ShapeOf(string word) => s_shapes.TryGetValue(word, out var shape) ? shape : null;

    public static string Of(Cardinality shape) => s_shapes.First(pair => pair.Value == shape).Key;
}
