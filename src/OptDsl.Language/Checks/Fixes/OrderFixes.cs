using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks.Fixes;

/// <summary>Edits that let a state be read on the other side of its update: another order of the statements, or another subscript.</summary>
internal static class OrderFixes
{
    public static FormulaFix[] Read(LintContext context, StateSymbol state)
    {
        if (context.Model.Final(state) is not { } final)
            return [];
        var fixes = new List<FormulaFix>(Subscripts(context, state));
        var last = context.Model.Definitions.Length - 1;
        // Above all that reads it, so that the others see the new value too.
        if (context.Model.Definitions.FirstOrDefault(definition => definition != final && Expressions.ReadsOld(definition.Value, state)) is { } reader && reader.Index < final.Index)
            Add(final, reader.Index);
        if (context.Model.Final(context.Model.Parameter) is { } update)
            Add(update, last);
        foreach (var place in Enumerable.Range(0, last + 1).OrderBy(place => Math.Abs(place - final.Index)))
            Add(final, place);
        return [.. fixes];

        void Add(Definition statement, int place)
        {
            if (place != statement.Index)
                fixes.Add(Move(context, statement, place));
        }
    }

    /// <summary>The statements change places, each in the layout of the place that it comes to.</summary>
    private static EditsFix Move(LintContext context, Definition statement, int place)
    {
        var order = context.Model.Definitions.Remove(statement).Insert(place, statement);
        var edits = context.Model.Definitions.Zip(order, (old, now) => (old, now)).Where(pair => pair.old != pair.now)
            .Select(pair => new FormulaEdit(pair.old.StatementSpan, context.Text(pair.now.StatementSpan)));
        return new EditsFix($"Move '{context.Text(statement.StatementSpan)}' {(place < statement.Index ? "up" : "down")}", [.. edits]);
    }

    /// <summary>Where the formulas tell old from new by subscripts, the other one.</summary>
    private static IEnumerable<ReplaceFix> Subscripts(LintContext context, StateSymbol state)
    {
        var step = context.Model.Source.Step;
        foreach (var node in context.Model.Definitions.Where(definition => !definition.Target.Equals(state)).SelectMany(definition => Expressions.Nodes(definition.Value)))
        {
            var isRead = node is OldExpr old ? old.Symbol.Equals(state) : node is DefinedExpr defined && defined.Definition.Target.Equals(state);
            var text = context.Text(node);
            var other = text.Contains($"{step}-1") ? text.Replace($"{{{step}-1}}", step).Replace($"{step}-1", step) : text.Replace($"_{{{step}}}", $"_{step}").Replace($"_{step}", $"_{{{step}-1}}");
            if (isRead && other != text)
                yield return new ReplaceFix($"Change '{text}' to '{other}'", node.Span, other);
        }
    }
}
