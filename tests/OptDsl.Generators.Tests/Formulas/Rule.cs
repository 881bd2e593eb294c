using System.Collections.Immutable;
using OptDsl.Generators.Formulas;
using OptDsl.Generators.Formulas.Diagnostics;
using OptDsl.Generators.Formulas.Model;

namespace OptDsl.Generators.Tests.Formulas;

/// <summary>Builds rule sources from a few words: <c>Rule.Source("W = W - ηg", states: "m v", hypers: "η")</c>.</summary>
internal static class Rule
{
    public static RuleSource Source(
        string formulas, string states = "", string hypers = "", string parameter = "W", string gradient = "g", string step = "t",
        RuleKind kind = RuleKind.UpdateRule) => new(
            kind, formulas, parameter, gradient, step, false,
            Words(states).Select(State).ToImmutableArray(),
            Words(hypers).Select(symbol => new HyperSource(symbol, symbol, HyperType.Double, double.NegativeInfinity, double.PositiveInfinity, null)).ToImmutableArray());

    public static RuleSource Schedule(string formulas, string hypers = "") => Source(formulas, hypers: hypers, kind: RuleKind.Schedule);

    public static RuleModel Model(RuleSource source)
    {
        var compiled = FormulaCompiler.Compile(source, TestContext.Current.CancellationToken);
        Assert.True(compiled.Model is not null, string.Join("\n", compiled.Errors.Select(error => Show(source, error))));
        return compiled.Model;
    }

    public static string Show(RuleSource source, FormulaError error)
    {
        var text = error.Text.InitialOfState is { } state ? source.States[state].Initial : source.Formulas;
        return $"{error.Id} «{text.Substring(error.Span.Start, error.Span.Length)}» {error.Message}";
    }

    /// <summary>A state is written <c>v</c>, <c>v:tensor</c> for one value a tensor, <c>v=1</c> with its initial value.</summary>
    private static StateSource State(string word)
    {
        var perTensor = word.EndsWith(":tensor", StringComparison.Ordinal);
        var parts = word.Replace(":tensor", "", StringComparison.Ordinal).Split('=', 2);
        return new StateSource(parts[0], parts.Length > 1 ? parts[1] : "0", perTensor, false);
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
