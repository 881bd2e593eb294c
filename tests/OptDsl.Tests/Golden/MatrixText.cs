using System.Text.Json;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Tests.Golden;

/// <summary>A rule of matrices as a text, with the value of each of its hyper-parameters from those of a case.</summary>
/// <param name="Formulas">The statements.</param>
/// <param name="States">A state each, as <c>L=εI:rows×rows</c>, <c>r:row</c>, <c>m</c>.</param>
/// <param name="Hypers">The symbols and their values.</param>
internal sealed record MatrixText(string Formulas, string States, Dictionary<string, Func<JsonElement, double>> Hypers)
{
    /// <summary>The largest number of dimensions of which the rule computes what the oracle does.</summary>
    public int HighestRank { get; init; } = 2;

    public int LowestRank { get; init; } = 1;

    public RuleModel Compile() => Compile(_ => null);

    /// <param name="usual">The usual value of each hyper-parameter.</param>
    public RuleModel Compile(Func<string, double?> usual)
    {
        var source = new RuleSource(
            RuleKind.UpdateRule, Formulas, "W", "g", "t", false,
            new([.. States.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(State)]),
            new([.. Hypers.Keys.Select(symbol => new HyperSource(symbol, symbol, HyperType.Double, usual(symbol) is < 0 ? double.NegativeInfinity : 0, double.PositiveInfinity, usual(symbol)))]));
        var compiled = FormulaCompiler.Compile(source);
        return compiled.Model ?? throw new InvalidOperationException(string.Join("\n", compiled.Errors.Select(error => $"«{Formulas.Substring(error.Span.Start, error.Span.Length)}» {error.Message}")));
    }

    private static StateSource State(string word)
    {
        var parts = word.Split(':');
        var shape = parts.ElementAtOrDefault(1) switch
        {
            null => Cardinality.PerElement,
            "tensor" => Cardinality.PerTensor,
            "row" => Cardinality.PerRow,
            "column" => Cardinality.PerColumn,
            var dimensions => CardinalityWords.OfDimensions(dimensions)!.Value,
        };
        var symbol = parts[0].Split('=');
        return new StateSource(symbol[0], symbol.ElementAtOrDefault(1) ?? "0", shape, false);
    }
}
