using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;

namespace OptDsl.Language.Checks.Analysis;

/// <summary>
/// What rules are composed of: any with one of its options turned, and any with a decay that it does not have, coupled or not, and with
/// gradients that are clipped, by their elements or their norm.
/// </summary>
internal static class Compositions
{
    private const string Decay = "WeightDecay";
    private const string Bound = "ClippingBound";

    private static readonly ImmutableArray<Part> s_decays =
    [
        new("coupled decay", Decay, "λ", 0.01, rule => $"{rule.Gradient} = {rule.Gradient} + λ*{rule.Parameter}"),
        new("decoupled decay", Decay, "λ", 0.01, rule => rule.Hypers.Items.FirstOrDefault(hyper => hyper.Property == "LearningRate") is { } rate
            ? $"{rule.Parameter} = {rule.Parameter} - {rate.Symbol}*λ*{rule.Parameter}" : null),
    ];

    private static readonly ImmutableArray<Part> s_clips =
    [
        new("clipped gradients", Bound, "κ", 1, rule => $"{rule.Gradient} = clip({rule.Gradient}, -κ, κ)"),
        new("gradients clipped by their norm", Bound, "κ", 1, rule => $"{rule.Gradient} = {rule.Gradient}*min(1, κ/norm({rule.Gradient}))"),
    ];

    /// <summary>The rules, and then what is composed of them.</summary>
    public static ImmutableArray<NamedRule> Of(IEnumerable<NamedRule> rules, CancellationToken cancellation)
    {
        NamedRule[] plain = [.. rules.Where(rule => !rule.Rule.Model.UsesMatrices)];
        NamedRule[] options = [.. plain.SelectMany(rule => Turned(rule, cancellation))];
        NamedRule[] clipped = [.. plain.SelectMany(rule => With(rule, s_clips, cancellation))];
        NamedRule[] decayed = [.. plain.Concat(clipped).SelectMany(rule => With(rule, s_decays, cancellation))];
        return [.. plain, .. options, .. decayed, .. clipped];
    }

    private static IEnumerable<NamedRule> Turned(NamedRule rule, CancellationToken cancellation)
    {
        var source = rule.Rule.Model.Source;
        foreach (var option in source.Hypers.Items.Where(hyper => hyper.Type == HyperType.Boolean && hyper.Default is not null))
        {
            var hypers = source.Hypers.Items.Replace(option, option with { Default = 1 - option.Default });
            if (FormulaCompiler.Compile(source with { Hypers = hypers }, cancellation).Model is { } model)
                yield return new NamedRule($"{rule.Name} with {option.Property}", new ComparableRule(model));
        }
    }

    private static IEnumerable<NamedRule> With(NamedRule rule, ImmutableArray<Part> parts, CancellationToken cancellation)
    {
        var source = rule.Rule.Model.Source;
        foreach (var part in parts.Where(part => source.Hypers.Items.All(hyper => hyper.Property != part.Property && hyper.Symbol != part.Symbol) && source.States.Items.All(state => state.Symbol != part.Symbol)))
        {
            if (part.Statement(source) is not { } statement)
                continue;
            var composed = source with
            {
                Formulas = $"{statement}\n{source.Formulas}",
                Hypers = source.Hypers.Items.Add(new HyperSource(part.Symbol, part.Property, HyperType.Double, 0, double.PositiveInfinity, part.Default)),
            };
            if (FormulaCompiler.Compile(composed, cancellation).Model is { } model)
                yield return new NamedRule($"{rule.Name} with {part.Name}", new ComparableRule(model)) { Own = rule.Own.Add(part.Property) };
        }
    }

    /// <summary>A statement before the others, with the hyper-parameter that it needs.</summary>
    private sealed record Part(string Name, string Property, string Symbol, double Default, Func<RuleSource, string?> Statement);
}
