using System.Globalization;
using OptDsl.Language.Formulas;

namespace OptDsl.Language.Documents;

/// <summary>Writes declarations as lines of a header.</summary>
internal static class HeaderText
{
    /// <summary>The header of a rule, a declaration a line.</summary>
    public static IEnumerable<string> Lines(string name, RuleSource source)
    {
        var isRule = source.Kind == RuleKind.UpdateRule;
        yield return $"{(isRule ? "rule" : "schedule")} {OneWord(name)}";
        if (isRule && source.Parameter != "W")
            yield return $"parameter {source.Parameter}";
        if (isRule && source.Gradient != "g")
            yield return $"gradient {source.Gradient}";
        if (source.Step != "t" || source.FirstStep != 1)
            yield return $"step {source.Step}{(source.FirstStep == 0 ? " from 0" : "")}";
        if (source.Maximize)
            yield return "maximize";
        foreach (var state in source.States)
            yield return State(state);
        foreach (var hyper in source.Hypers)
            yield return Hyper(hyper);
    }

    public static string State(StateSource state) => (state.Constant ? "constant " : state.Output ? "output " : "state ") + OneWord(state.Symbol)
        + (state.Cardinality == Cardinality.PerElement ? "" : $" per {DocumentWords.Of(state.Cardinality)}")
        + (state.Storage == StateStorage.Element || state.Cardinality != Cardinality.PerElement ? ""
            : $" as {(state.Storage == StateStorage.BFloat16 ? DocumentWords.BFloat16 : DocumentWords.Block8)}{(state.Rounding == StateRounding.Nearest ? $" {DocumentWords.Nearest}" : "")}")
        + (state.Initial is "0" or "" ? "" : $" = {OneLine(state.Initial)}")
        + (state.When == "" ? "" : $" when {OneLine(state.When)}")
        + (state.Meaning == "" ? "" : $" \"{OneLine(state.Meaning).Replace('"', '\'')}\"");

    public static string Hyper(HyperSource hyper)
    {
        var line = $"hyper {OneWord(hyper.Symbol)}{(hyper.Property == hyper.Symbol ? "" : $" {OneWord(hyper.Property)}")}";
        if (hyper.Type == HyperType.Boolean)
            return $"{line} = {(hyper.Default is null or 0 ? "false" : "true")}";
        var isKnown = DocumentWords.IsLearningRate(hyper.Symbol);
        return line
            + (hyper.Default is { } value ? $" = {Number(value)}" : "")
            + (double.IsInfinity(hyper.Min) && double.IsInfinity(hyper.Max) ? "" : $" in {Range(hyper.Min, hyper.Max)}")
            + (hyper.Type == HyperType.Schedule && !isKnown ? $" {DocumentWords.Scheduled}" : "");
    }

    /// <summary><c>[0, 1)</c>: a bound that is the neighbour of a shorter number leaves that out.</summary>
    public static string Range(double min, double max)
    {
        var (low, high) = (AdjacentDoubles.Below(min), AdjacentDoubles.Above(max));
        var isOpen = double.IsInfinity(min) || Number(low).Length < Number(min).Length;
        var excludes = double.IsInfinity(max) || Number(high).Length < Number(max).Length;
        return $"{(isOpen ? "(" : "[")}{Number(isOpen ? low : min)}, {Number(excludes ? high : max)}{(excludes ? ")" : "]")}";
    }

    /// <summary>The shortest text that is read as the same number.</summary>
    public static string Number(double value)
    {
        if (double.IsInfinity(value))
            return value > 0 ? "∞" : "-∞";
        if (value == 0)
            return "0";
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var exponent = text.IndexOf('E');
        return exponent < 0
            ? text
            : text.Substring(0, exponent) + "e" + int.Parse(text.Substring(exponent + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
    }

    private static string OneWord(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character)));

    private static string OneLine(string text) => string.Join(" ", text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
