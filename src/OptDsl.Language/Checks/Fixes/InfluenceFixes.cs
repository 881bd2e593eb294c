using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Fixes;

/// <summary>Edits that let a statement or a state take part in the step.</summary>
internal static class InfluenceFixes
{
    /// <summary>What the statement computes is read where the step still reads what it is computed from: in one place, or in all.</summary>
    public static FormulaFix[] Read(LintContext context, Definition idle)
    {
        // What is taken now and then only stands for something else.
        if (idle.Value is ConditionalExpr)
            return [];
        var text = new FormulaText(context);
        var name = context.Text(idle.TargetSpan);
        var fixes = new List<FormulaFix>();
        foreach (var source in Sources(idle))
        {
            var reads = context.Model.Definitions.Where(definition => definition.Index > idle.Index && context.Liveness.IsLive(definition))
                .SelectMany(definition => Expressions.Nodes(definition.Value)).Where(node => node.Span.Length > 0 && IsRead(node, source)).OrderBy(node => node.Span.Start).ToArray();
            if (reads.Length == 0)
                continue;
            var title = $"Read '{name}' instead of '{text.Of(reads[0])}'";
            if (reads.Length > 1)
                fixes.Add(new EditsFix(title, [.. reads.Select(read => new FormulaEdit(read.Span, name))]));
            fixes.AddRange(reads.Select(read => new ReplaceFix(title, read.Span, name)));
        }

        return [.. fixes];
    }

    /// <summary>A state takes in what statements before it compute of the gradient, in place of the gradient.</summary>
    public static FormulaFix[] TakeIn(LintContext context, Definition statement)
    {
        var text = new FormulaText(context);
        var gradients = Expressions.Nodes(statement.Value).OfType<GradientExpr>().ToArray();
        return gradients.Length == 0
            ? []
            : [
                .. context.Model.Definitions.TakeWhile(definition => definition != statement)
                    .Where(definition => definition.Target is LocalSymbol && definition.Cardinality == Cardinality.PerElement && context.Dependence.IsDriven(definition.Value))
                    .Select(definition => new EditsFix(
                        $"Take in '{definition.Target.Name}' instead of '{text.Of(gradients[0])}'", [.. gradients.Select(gradient => new FormulaEdit(gradient.Span, context.Text(definition.TargetSpan)))])),
            ];
    }

    /// <summary>The local that computes the new value of a state becomes the state.</summary>
    public static FormulaFix[] Assign(LintContext context, StateSymbol state)
    {
        var locals = context.Model.Definitions.Where(definition => definition.Target is LocalSymbol && Expressions.ReadsOld(definition.Value, state)).ToArray();
        if (locals.Length != 1 || context.Model.Definitions.Count(definition => definition.Target.Equals(locals[0].Target)) != 1)
            return [];
        var name = Expressions.Nodes(locals[0].Value).First(node => node is OldExpr old && old.Symbol.Equals(state)) is { } read ? context.Text(read) : state.Source.Symbol;
        var reads = context.Model.Definitions.SelectMany(definition => Expressions.Nodes(definition.Value)).Where(node => node is DefinedExpr defined && defined.Definition == locals[0]);
        return [new EditsFix($"Assign '{name}' and not '{context.Text(locals[0].TargetSpan)}'", [new FormulaEdit(locals[0].TargetSpan, name), .. reads.Select(node => new FormulaEdit(node.Span, name))])];
    }

    /// <summary>
    /// What stands bare where a factor belongs: the parameter as a term, which only a decay makes small, and the old value of a state that
    /// nothing else lets forget.
    /// </summary>
    public static FormulaFix[] Weigh(LintContext context, HyperSymbol hyper)
    {
        var text = new FormulaText(context);
        var isDecay = context.Typical[hyper.Index] is > 0.3 and < 1;
        return
        [
            .. context.Model.Definitions.Where(context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value).SelectMany(node => Bare(definition, node)))
                .Select(bare => new ReplaceFix($"Multiply '{text.Of(bare)}' by '{hyper.Source.Symbol}'", bare.Span, text.Product(hyper.Source.Symbol, text.Of(bare)))),
        ];

        IEnumerable<Expr> Bare(Definition definition, Expr node)
        {
            if (!isDecay && node is BinaryExpr { Operator: Op.Add or Op.Subtract } sum && context.Dependence.IsDriven(sum.Left))
                return sum.Right is OldExpr { Symbol: ParameterSymbol } ? [sum.Right] : [];
            if (!isDecay || definition != context.Model.Final(definition.Target as StateSymbol ?? (StoredSymbol)context.Model.Parameter))
                return [];
            return node switch
            {
                BinaryExpr { Operator: Op.Add, Left: OldExpr } left when IsOwn(left.Left) && context.Dependence.IsDriven(left.Right) => [left.Left],
                BinaryExpr { Operator: Op.Add, Right: OldExpr } right when IsOwn(right.Right) && context.Dependence.IsDriven(right.Left) => [right.Right],
                CallExpr { Function: Op.Max } call when call.Arguments.All(argument => IsOwn(argument) || !context.Dependence.Reads(argument).OfType<StateSymbol>().Any()) => call.Arguments.Where(IsOwn),
                _ => [],
            };

            bool IsOwn(Expr value) => value is OldExpr { Symbol: StateSymbol } old && old.Symbol.Equals(definition.Target);
        }
    }

    private static IEnumerable<Expr> Sources(Definition idle) =>
        Expressions.Nodes(idle.Value).Where(node => node is DefinedExpr or GradientExpr).GroupBy(node => node is DefinedExpr defined ? defined.Definition : null).Select(group => group.First());

    private static bool IsRead(Expr node, Expr source) => source is DefinedExpr defined
        ? node is DefinedExpr other && other.Definition == defined.Definition
        : node is GradientExpr;
}
