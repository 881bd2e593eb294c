using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Fixes;

/// <summary>Edits that give the step, its terms or the decay the degree that they should have.</summary>
internal static class DegreeFixes
{
    /// <summary>Of two factors that gradients drive one is left out, or divides.</summary>
    public static FormulaFix[] Factor(LintContext context)
    {
        var text = new FormulaText(context);
        return
        [
            .. Live(context).OfType<BinaryExpr>()
                .Where(node => node.Operator == Op.Multiply && context.Dependence.IsDriven(node.Left) && context.Dependence.IsDriven(node.Right))
                .SelectMany(node => new FormulaFix[]
                {
                    EpsilonFixes.DivideGuarded(context, node),
                    new ReplaceFix($"Leave out '{text.Of(node.Right)}'", node.Span, text.Of(node.Left)) { LosesText = true },
                }),
        ];
    }

    /// <summary>One of two terms is squared, or left out.</summary>
    public static FormulaFix[] Sum(LintContext context, BinaryExpr sum, double left, double right)
    {
        var text = new FormulaText(context);
        var fixes = new List<FormulaFix>();
        if (Math.Abs((2 * left) - right) < 0.1)
            fixes.AddRange(ScalingFixes.Square(context, Tensor(sum.Left)));
        if (Math.Abs((2 * right) - left) < 0.1)
            fixes.AddRange(ScalingFixes.Square(context, Tensor(sum.Right)));
        fixes.Add(new ReplaceFix($"Leave out '{text.Of(sum.Right)}'", sum.Span, text.Of(sum.Left)) { LosesText = true });
        if (sum.Operator == Op.Add)
            fixes.Add(new ReplaceFix($"Leave out '{text.Of(sum.Left)}'", sum.Span, text.Of(sum.Right)) { LosesText = true });
        return [.. fixes];

        // The weight of a term is none of its size.
        static Expr Tensor(Expr term) => term switch
        {
            BinaryExpr { Operator: Op.Multiply, Left.Cardinality: Cardinality.PerStep } product => Tensor(product.Right),
            BinaryExpr { Operator: Op.Multiply, Right.Cardinality: Cardinality.PerStep } product => Tensor(product.Left),
            _ => term,
        };
    }

    /// <summary>A coefficient that stands alone multiplies the parameter, and a power of the parameter becomes the parameter.</summary>
    public static FormulaFix[] Decay(LintContext context)
    {
        var text = new FormulaText(context);
        var parameter = Live(context).OfType<OldExpr>().FirstOrDefault(old => old.Symbol.Equals(context.Model.Parameter));
        if (parameter is null)
            return [];
        var powers = Live(context).OfType<BinaryExpr>()
            .Where(node => node.Operator == Op.Power && node.Left is OldExpr { Symbol: ParameterSymbol } && node.Right is NumberExpr)
            .Select(node => new ReplaceFix($"Change '{text.Of(node)}' to '{text.Of(node.Left)}'", node.Span, text.Of(node.Left)));
        var terms = Live(context).OfType<BinaryExpr>()
            .Where(node => node.Operator is Op.Add or Op.Subtract && node.Cardinality == Cardinality.PerElement)
            .SelectMany(node => new[] { node.Right, node.Left }).OfType<HyperExpr>()
            .Select(term => new ReplaceFix($"Multiply '{text.Of(term)}' by '{text.Of(parameter)}'", term.Span, text.Product(text.Of(term), text.Of(parameter))));
        var magnitudes = Live(context).OfType<CallExpr>()
            .Where(call => call is { Function: Op.Abs, Cardinality: Cardinality.PerElement } && call.Arguments[0] is OldExpr { Symbol: ParameterSymbol } or DefinedExpr { Definition.Target: ParameterSymbol })
            .Select(call => new ReplaceFix($"Change '{text.Of(call)}' to the sign", call.Span, text.Sign(text.Of(call.Arguments[0]))));
        return [.. powers, .. terms, .. magnitudes];
    }

    /// <summary>The gradient multiplies what is divided by a tensor that it drives.</summary>
    public static FormulaFix[] WithGradient(LintContext context)
    {
        var text = new FormulaText(context);
        return Live(context).OfType<GradientExpr>().FirstOrDefault() is not { } gradient
            ? []
            : [
                .. Live(context).OfType<BinaryExpr>()
                    .Where(node => node is { Operator: Op.Divide, Left: HyperExpr, Right.Cardinality: Cardinality.PerElement } && context.Dependence.IsDriven(node.Right))
                    .Select(node => new ReplaceFix($"Multiply '{text.Of(node.Left)}' by '{text.Of(gradient)}'", node.Left.Span, text.Product(text.Of(node.Left), text.Of(gradient)))),
            ];
    }

    /// <summary>Two values of the whole tensor change places, of which one divides the other.</summary>
    public static FormulaFix[] TurnRatio(LintContext context)
    {
        var text = new FormulaText(context);
        return
        [
            .. Live(context).OfType<BinaryExpr>().Where(node => node is { Operator: Op.Divide, Cardinality: Cardinality.PerTensor })
                .SelectMany(node => Values(node.Left).SelectMany(_ => Values(node.Right), (above, below) => new EditsFix(
                    $"Divide '{text.Of(below)}' by '{text.Of(above)}'", [new FormulaEdit(above.Span, text.Of(below)), new FormulaEdit(below.Span, text.Of(above))]))),
        ];

        static IEnumerable<ReduceExpr> Values(Expr side) => Expressions.Nodes(side).OfType<ReduceExpr>();
    }

    /// <summary>A factor is left out in one of the places that have it, first where it scales most.</summary>
    public static FormulaFix[] Once(LintContext context, HyperSymbol hyper)
    {
        var text = new FormulaText(context);
        return
        [
            .. Live(context).OfType<BinaryExpr>()
                .Where(node => node.Operator == Op.Multiply && node.Left is HyperExpr factor && factor.Symbol.Equals(hyper))
                .OrderByDescending(node => node.Span.Length)
                .Select(node => new ReplaceFix($"Leave out '{text.Of(node.Left)}' in '{text.Of(node)}'", node.Span, text.Of(node.Right))),
        ];
    }

    /// <summary>The same of a decay: where the other factor that holds it changes with the step, as a corrected step size does, that one is left out.</summary>
    public static FormulaFix[] OnceInDecay(LintContext context, HyperSymbol hyper)
    {
        var text = new FormulaText(context);
        var corrected = Live(context).OfType<BinaryExpr>().FirstOrDefault(node => node is { Operator: Op.Multiply, Left: HyperExpr factor, Right.Cardinality: Cardinality.PerStep } && factor.Symbol.Equals(hyper)
            && context.Dependence.Reads(node.Right) is var reads && reads.Contains(hyper) && reads.Contains(Dependence.Step));
        return corrected is null
            ? Once(context, hyper)
            : [new ReplaceFix($"Leave out '{text.Of(corrected.Right)}' in '{text.Of(corrected)}'", corrected.Span, text.Of(corrected.Left))];
    }

    /// <summary>The step count is left out where it is a factor.</summary>
    public static FormulaFix[] LeaveOutStep(LintContext context)
    {
        var text = new FormulaText(context);
        return
        [
            .. Live(context).OfType<BinaryExpr>()
                .Where(node => node.Operator == Op.Multiply && (node.Left is StepExpr || node.Right is StepExpr))
                .Select(node => new ReplaceFix($"Leave out '{context.Model.Source.Step}' in '{text.Of(node)}'", node.Span, text.Of(node.Left is StepExpr ? node.Right : node.Left))),
        ];
    }

    /// <summary>The branch of the first step is scaled as the other one is.</summary>
    public static FormulaFix[] Scale(LintContext context, Expr branch, HyperSymbol hyper)
    {
        var text = new FormulaText(context);
        var factor = Live(context).OfType<HyperExpr>().First(node => node.Symbol.Equals(hyper));
        // Of a new position only the way to it.
        if (branch is BinaryExpr { Operator: Op.Add or Op.Subtract, Left: OldExpr { Symbol: ParameterSymbol } } position)
            branch = position.Right;
        var scaled = branch is UnaryExpr { Operator: Op.Negate } negated
            ? $"-{text.Product(text.Of(factor), FormulaText.Atom(text.Of(negated.Operand)))}"
            : text.Product(text.Of(factor), FormulaText.Atom(text.Of(branch)));
        return [new ReplaceFix($"Scale '{text.Of(branch)}' with '{text.Of(factor)}'", branch.Span, scaled)];
    }

    private static IEnumerable<Expr> Live(LintContext context) =>
        context.Model.Definitions.Where(context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value).OrderBy(node => node.Span.Start));
}
