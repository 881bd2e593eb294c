using System.Collections.Immutable;
using System.Globalization;
using OptDsl.Language.Formulas;

namespace OptDsl.Generators.Tests.Formulas;

/// <summary>Sources of rules, written briefly.</summary>
internal static partial class Rule
{
    public static RuleSource Source(
        string formulas, string states = "", string hypers = "", string parameter = "W", string gradient = "g", string step = "t",
        RuleKind kind = RuleKind.UpdateRule) => new(
            kind, formulas, parameter, gradient, step, false,
            Words(states).Select(State).ToImmutableArray(),
            Words(hypers).Select(symbol => new HyperSource(symbol, symbol, HyperType.Double, double.NegativeInfinity, double.PositiveInfinity, null)).ToImmutableArray());

    public static RuleSource Schedule(string formulas, string hypers = "") => Source(formulas, hypers: hypers, kind: RuleKind.Schedule);

    /// <summary>A rule with the usual symbols.</summary>
    public static RuleSource Of(string formulas, string states, params HyperSource[] hypers) =>
        Source(formulas, states) with { Hypers = hypers.ToImmutableArray() };

    /// <summary>A hyper-parameter of a property named after the symbol's characters.</summary>
    public static HyperSource Hyper(string symbol, double value, double min = double.NegativeInfinity, double max = double.PositiveInfinity) =>
        new(symbol, "P" + string.Concat(symbol.Select(c => ((int)c).ToString("x", CultureInfo.InvariantCulture))), HyperType.Double, min, max, value);

    /// <summary>A hyper-parameter that is a condition.</summary>
    public static HyperSource Flag(string symbol, bool value) =>
        new(symbol, "Is" + symbol, HyperType.Boolean, double.NegativeInfinity, double.PositiveInfinity, value ? 1 : 0);

    /// <summary>The same rule, a state of which exists only while a condition holds.</summary>
    public static RuleSource When(this RuleSource source, string state, string condition) => source with
    {
        States = new([.. source.States.Select(item => item.Symbol == state ? item with { When = condition } : item)]),
    };

    /// <summary>The same rule, all states of which are results in their own right.</summary>
    public static RuleSource WithOutputs(this RuleSource source) => source with { States = new([.. source.States.Select(state => state with { Output = true })]) };

    /// <summary>
    /// A state is written <c>v</c>, <c>v:tensor</c> for one value a tensor, <c>v:group</c> for one a group, <c>v:row</c> and <c>v:column</c>,
    /// <c>v:rows×rows</c>, <c>v=1</c> with its initial value.
    /// </summary>
    public static StateSource State(string word)
    {
        var shape = word.Split(':').ElementAtOrDefault(1) switch
        {
            "tensor" => Cardinality.PerTensor,
            "group" => Cardinality.PerGroup,
            "row" => Cardinality.PerRow,
            "column" => Cardinality.PerColumn,
            { } dimensions => CardinalityWords.OfDimensions(dimensions)!.Value,
            null => Cardinality.PerElement,
        };
        var parts = word.Split(':')[0].Split('=', 2);
        return new StateSource(parts[0], parts.Length > 1 ? parts[1] : "0", shape, false);
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
