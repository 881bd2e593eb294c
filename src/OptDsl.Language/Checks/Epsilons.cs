using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks;

/// <summary>Finds the hyper-parameters that are there to keep something from zero: small, and added to a value of the tensors.</summary>
internal static class Epsilons
{
    private const double Largest = 0.01;

    /// <summary>What is larger, and added where it guards nothing, is a step size or a decay that has lost its factor.</summary>
    private const double LargestAdded = 1e-4;

    /// <summary>Small hyper-parameters in an expression and in the statements of this step that it reads.</summary>
    public static IEnumerable<HyperExpr> In(LintContext context, Expr expression) =>
        new[] { expression }.Concat(Reaches.Definitions(expression).Select(definition => definition.Value))
            .SelectMany(Expressions.Nodes).OfType<HyperExpr>().Where(hyper => IsSmall(context, hyper.Symbol));

    /// <summary>
    /// An epsilon that is there but does not keep a denominator from zero: one that multiplies it; or one that is added somewhere
    /// and without which everything that fails would fail in the same place.
    /// </summary>
    /// <param name="context">The rule.</param>
    /// <param name="denominator">What is zero.</param>
    /// <param name="failsAlikeWithout">Whether the same division fails with this hyper-parameter at zero.</param>
    public static HyperExpr? Misplaced(LintContext context, Expr denominator, Func<HyperSymbol, bool> failsAlikeWithout)
    {
        if (In(context, denominator).FirstOrDefault(hyper => Power(context, hyper.Symbol) is var power && (Math.Abs(power + 1) < 0.01 || Math.Abs(power + 0.5) < 0.01)) is { } factor)
            return factor;
        return context.Model.Definitions.Where(context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value))
            .OfType<HyperExpr>()
            .FirstOrDefault(hyper => context.Typical[hyper.Symbol.Index] is > 0 and <= LargestAdded && IsAdded(context, hyper.Symbol) && !IsFactor(context, hyper.Symbol) && !GuardsAnother(context, hyper.Symbol, denominator) && failsAlikeWithout(hyper.Symbol));
    }

    /// <summary>It is a term of a sum or of a maximum somewhere, alone or as a factor or a power.</summary>
    private static bool IsAdded(LintContext context, HyperSymbol hyper)
    {
        return context.Model.Definitions.Where(context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value)).Any(node => node switch
        {
            BinaryExpr { Operator: Op.Add or Op.Subtract } sum => IsTerm(sum.Left) || IsTerm(sum.Right),
            CallExpr { Function: Op.Max or Op.Min } call => call.Arguments.Any(IsTerm),
            _ => false,
        });

        bool IsTerm(Expr term) => term switch
        {
            HyperExpr same => same.Symbol.Equals(hyper),
            BinaryExpr { Operator: Op.Multiply or Op.Divide or Op.Power } product => IsTerm(product.Left) || (product.Operator == Op.Multiply && IsTerm(product.Right)),
            CallExpr { Arguments.Length: 1 } call => IsTerm(call.Arguments[0]),
            _ => false,
        };
    }

    /// <summary>It is added in another denominator that gradients drive, and does its work there.</summary>
    private static bool GuardsAnother(LintContext context, HyperSymbol hyper, Expr denominator) =>
        context.Model.Definitions.Where(context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<BinaryExpr>().Any(quotient =>
            quotient.Operator == Op.Divide && !ReferenceEquals(quotient.Right, denominator) && context.Dependence.IsDriven(quotient.Right)
            && !Reaches.Definitions(denominator).Select(definition => definition.Value).Append(denominator).SelectMany(Expressions.Nodes).Contains(quotient, ByIdentity.Instance)
            && new[] { quotient.Right }.Concat(Reaches.Definitions(quotient.Right).Where(definition => definition.Target is LocalSymbol).Select(definition => definition.Value))
                .SelectMany(Expressions.Nodes).OfType<BinaryExpr>().Any(sum => sum is { Operator: Op.Add, Right: HyperExpr added } && added.Symbol.Equals(hyper)));

    /// <summary>A hyper-parameter that could serve: small and not yet used.</summary>
    public static HyperSymbol? Unused(LintContext context) =>
        context.Model.Hypers.FirstOrDefault(hyper => !context.Liveness.IsLive(hyper) && IsSmall(context, hyper));

    public static bool IsSmall(LintContext context, HyperSymbol hyper) => context.Typical[hyper.Index] is > 0 and <= Largest;

    /// <summary>Small, and not there to scale a tensor.</summary>
    public static bool IsGuard(LintContext context, HyperSymbol hyper) => IsSmall(context, hyper) && !IsFactor(context, hyper);

    /// <summary>It scales a tensor, as step sizes and decays do.</summary>
    private static bool IsFactor(LintContext context, HyperSymbol hyper)
    {
        return Math.Abs(Power(context, hyper)) > 0.3 || context.Model.Definitions.Where(context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<BinaryExpr>()
            .Any(node => node.Operator is Op.Multiply or Op.Divide && (Scales(node.Left, node.Right) || Scales(node.Right, node.Left)));

        bool Scales(Expr factor, Expr tensor) => factor.Cardinality == Cardinality.PerStep && tensor.Cardinality != Cardinality.PerStep && IsProductWith(factor);
        bool IsProductWith(Expr factor) => factor switch
        {
            HyperExpr same => same.Symbol.Equals(hyper),
            UnaryExpr unary => IsProductWith(unary.Operand),
            BinaryExpr { Operator: Op.Multiply or Op.Divide } product => IsProductWith(product.Left) || IsProductWith(product.Right),
            DefinedExpr local => IsProductWith(local.Definition.Value),
            _ => false,
        };
    }

    /// <summary>The power of a hyper-parameter in the steps.</summary>
    private static double Power(LintContext context, HyperSymbol hyper)
    {
        return Math.Log(Move(2) / Move(1), 2);

        double Move(double factor) => context.Experiments.Moves(Situation.Constant(1, 10) with
        {
            PutsBack = false,
            Hypers = context.Typical.SetItem(hyper.Index, context.Typical[hyper.Index] * factor),
        }).Sum();
    }
}
