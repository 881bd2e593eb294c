using System.Text.RegularExpressions;
using OptDsl.Language.Formulas;

namespace OptDsl.Language.Documents;

/// <summary>Words that headers are read and written with.</summary>
internal static class DocumentWords
{
    /// <summary>Marks a hyper-parameter that may change from step to step.</summary>
    public const string Scheduled = "scheduled";

    /// <summary>What a state is in memory, where it is not of the type of the elements.</summary>
    public const string BFloat16 = "bfloat16";

    /// <summary>The same, of codes of 8 bits with a scale for each block.</summary>
    public const string Block8 = "block8";

    /// <summary>How its values are rounded, where it is not at random.</summary>
    public const string Nearest = "nearest";

    /// <summary>What the learning rate is called where nothing else is said: schedulers and other languages ask for it by name.</summary>
    public const string LearningRate = "LearningRate";

    /// <summary>True for the symbols of a learning rate, which changes from step to step.</summary>
    public static bool IsLearningRate(string symbol) => symbol is "η" or "lr" or "\\eta";

    private static readonly Dictionary<string, Cardinality> s_shapes = new() { ["element"] = Cardinality.PerElement, ["tensor"] = Cardinality.PerTensor, ["group"] = Cardinality.PerGroup, ["row"] = Cardinality.PerRow, ["column"] = Cardinality.PerColumn };

    /// <summary>The shape of a word, or of the two dimensions of a matrix: <c>rows×rows</c>.</summary>
    public static Cardinality? ShapeOf(string word) => s_shapes.TryGetValue(word, out var shape) ? shape : CardinalityWords.OfDimensions(word) is { } matrix && !matrix.IsSingle() ? matrix : null;

    public static string Of(Cardinality shape) => s_shapes.FirstOrDefault(pair => pair.Value == shape).Key ?? shape.Dimensions();

    /// <summary>A message that speaks of attributes, in the words of a header.</summary>
    /// <param name="message">The message.</param>
    /// <param name="symbol">What it is about, as it is written.</param>
    public static string Said(string message, string symbol) => Regex.Replace(
        message.Replace("add a [Hyper] property or a [State] for it", $"add a line 'hyper {symbol}' or 'state {symbol}'").Replace("add a [Hyper] property for it", $"add a line 'hyper {symbol}'"),
        @"\[State\(""([^""]*)""(?:, Initial = ""([^""]*)"")?\)\]", match => $"'state {match.Groups[1].Value}{(match.Groups[2].Success ? $" = {match.Groups[2].Value}" : "")}'");
}
