using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Playground.Rules;

/// <summary>The value of each hyper-parameter where nothing else is said.</summary>
internal static class Defaults
{
    public static double[] Of(RuleModel model) => [.. model.Hypers.Select(hyper => Of(hyper.Source))];

    public static double Of(HyperSource hyper) => hyper.Default ?? Math.Clamp(hyper.Type == HyperType.Boolean ? 0 : 0.1, hyper.Min, hyper.Max);
}
