using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>
/// What a rule is like, for its description. Degrees are measured by running it with its defaults: by what power the step grows
/// with the size of the gradients, or with the step size (the first hyper-parameter that is a schedule).
/// </summary>
internal sealed record RuleTraits(double? GradientDegree, double? StepSizeDegree, bool HasBiasCorrection, bool HasEpsilon)
{
    private const int Steps = 12;
    private const double Tolerance = 0.03;
    private const double LargestEpsilon = 0.01;

    public static RuleTraits Of(RuleModel model)
    {
        if (model.Final(model.Parameter) is null)
            return new RuleTraits(null, null, HasCorrection(model), HasEpsilonOf(model));
        var program = RuleProgram.Compile(model);
        var defaults = model.Hypers.Select(hyper => hyper.Source.Default ?? Assumed(hyper.Source)).ToImmutableArray();
        var stepSize = model.Hypers.FirstOrDefault(hyper => hyper.Source.Type == HyperType.Schedule);
        return new RuleTraits(
            Degree(factor => Move(program, defaults, 0.03 * factor), Degree(factor => Move(program, defaults, 1e3 * factor))),
            stepSize is null ? null : Degree(factor => Move(program, defaults.SetItem(stepSize.Index, defaults[stepSize.Index] * factor), 1), null),
            HasCorrection(model),
            HasEpsilonOf(model));
    }

    /// <summary>How far the last of a few steps, from the same point each, goes along the gradient; decay has no part in it.</summary>
    private static double Move(RuleProgram program, ImmutableArray<double> hypers, double size)
    {
        var run = new RuleRun(program, [1, 1], hypers);
        for (var step = 0; step < Steps; step++)
        {
            run.Parameter[0] = run.Parameter[1] = 1;
            var gradient = size * (0.5 + (step * 5 % 7 / 10.0)) * (step % 3 == 1 ? -1 : 1);
            run.Step([gradient, -gradient]);
        }

        return run.Parameter[0] - run.Parameter[1];
    }

    /// <summary>The power with which a quantity grows, or null where it is none, or not the same elsewhere.</summary>
    private static double? Degree(Func<double, double> quantity, double? elsewhere = null)
    {
        var (first, second) = (Math.Log(Math.Abs(quantity(2) / quantity(1)), 2), Math.Log(Math.Abs(quantity(4) / quantity(2)), 2));
        var isPower = Math.Abs(first - second) < Tolerance && (elsewhere is null || Math.Abs(first - elsewhere.Value) < Tolerance);
        return isPower ? Math.Round(second * 12) / 12 : null;
    }

    private static double Assumed(HyperSource hyper) => Math.Min(Math.Max(hyper.Type == HyperType.Boolean ? 0 : 0.1, hyper.Min), hyper.Max);

    /// <summary>A decay to the power of the step: what a moving average has to be divided by one minus of.</summary>
    private static bool HasCorrection(RuleModel model) =>
        model.Definitions.SelectMany(definition => definition.Value.Nodes())
            .Any(node => node is BinaryExpr { Operator: Op.Power, Left: HyperExpr, Right: StepExpr });

    /// <summary>A small hyper-parameter that is added to what a tensor is divided by, or is the least that it can be.</summary>
    private static bool HasEpsilonOf(RuleModel model) =>
        model.Definitions.SelectMany(definition => definition.Value.Nodes()).OfType<BinaryExpr>()
            .Where(node => node.Operator == Op.Divide && node.Right.Cardinality != Cardinality.PerStep)
            .SelectMany(quotient => Reached(quotient.Right, []))
            .Any(node => node switch
            {
                BinaryExpr { Operator: Op.Add } sum => IsGuard(sum.Left, sum.Right) || IsGuard(sum.Right, sum.Left),
                CallExpr { Function: Op.Max } floor => IsGuard(floor.Arguments[0], floor.Arguments[1]) || IsGuard(floor.Arguments[1], floor.Arguments[0]),
                _ => false,
            });

    private static bool IsGuard(Expr small, Expr large) =>
        small.Cardinality != Cardinality.PerElement && large.Cardinality != Cardinality.PerStep
        && small.Nodes().Any(node => node is HyperExpr { Symbol.Source: { Type: HyperType.Double or HyperType.Single, Default: > 0 and <= LargestEpsilon } });

    /// <summary>An expression's parts, and those of the statements that it reads.</summary>
    private static IEnumerable<Expr> Reached(Expr expression, HashSet<Definition> seen) => expression.Nodes().SelectMany(node =>
        node is DefinedExpr { Definition: var definition } && seen.Add(definition) ? Reached(definition.Value, seen) : [node]);
}
