using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Binding;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Syntax;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Fixes;

/// <summary>A state, a hyper-parameter or a temporary under another name: the same computation, read anew to be sure of it.</summary>
/// <param name="Declared">The symbol as its declaration writes it now; null for a temporary.</param>
/// <param name="Edits">The edits of the formulas, and of the initial values and conditions of states.</param>
internal sealed record SymbolRename(string? Declared, ImmutableArray<(TextOrigin Origin, FormulaEdit Edit)> Edits)
{
    /// <summary>The symbols of a rule that can be renamed: past values are called after what they keep.</summary>
    public static IEnumerable<Symbol> Candidates(RuleModel model) =>
    [
        .. model.States.Where(state => state.Past is null),
        .. model.Hypers,
        .. model.Definitions.Select(definition => definition.Target).OfType<LocalSymbol>().Distinct(),
    ];

    /// <summary>Where a symbol stands in the texts of a rule, without the times written on it.</summary>
    public static ImmutableArray<(TextOrigin Origin, TextSpan Span)> Occurrences(RuleModel model, Symbol symbol)
    {
        var places = new List<(TextOrigin, TextSpan)>();
        foreach (var definition in model.Definitions)
        {
            if (IsSame(definition.Target, symbol))
                Add(TextOrigin.Formulas, model.Source.Formulas, definition.TargetSpan);
            AddAll(TextOrigin.Formulas, model.Source.Formulas, definition.Value);
        }

        foreach (var state in model.States)
        {
            AddAll(TextOrigin.InitialOf(state.Index), state.Source.Initial, model.Initials[state.Index]);
            if (model.Conditions[state.Index] is { } condition)
                AddAll(TextOrigin.WhenOf(state.Index), state.Source.When, condition);
        }

        return [.. places.Distinct()];

        void AddAll(TextOrigin origin, string text, Expr expression)
        {
            foreach (var node in expression.Nodes().Where(node => SymbolOf(node) is { } read && IsSame(read, symbol)))
                Add(origin, text, node.Span);
        }

        void Add(TextOrigin origin, string text, TextSpan span)
        {
            if (span.End <= text.Length && Name(text.Substring(span.Start, span.Length), symbol, model.Source.Step) is { } length)
                places.Add((origin, new TextSpan(span.Start, length)));
        }
    }

    /// <summary>
    /// The rename; null where the name is taken, by a constant or a function too, is none, or would be read as something else.
    /// </summary>
    public static SymbolRename? Find(RuleModel model, Symbol symbol, string name, CancellationToken cancellation)
    {
        if (SymbolNames.Normalize(name, model.Source.Step) is not { } key || key == "" || IsTaken(model, key))
            return null;
        var occurrences = Occurrences(model, symbol);
        foreach (var isApart in (bool[])(key.Count(char.IsLetter) > 1 ? [true, false] : [false, true]))
        {
            var edits = occurrences.Select(place => (place.Origin, new FormulaEdit(place.Span, Written(TextOf(model, place.Origin), place.Span, name, isApart)))).ToImmutableArray();
            var renamed = Apply(model.Source, symbol, name, edits);
            if (FormulaCompiler.Compile(renamed.Source, cancellation).Model is { } read && IsSame(model, read))
                return new SymbolRename(renamed.Declared, edits);
        }

        return null;
    }

    private static bool IsTaken(RuleModel model, string key) =>
        model.Definitions.Select(definition => definition.Target).Concat(model.States).Concat(model.Hypers).Any(other => other.Name == key)
        || key == model.Parameter.Name || key == model.Source.Gradient || key == model.Source.Step
        || key is "π" or "e" || Keywords.IsWord(key) || OperationTable.All.Any(entry => entry.Value.Names?.Plain.Contains(key) == true);

    private static (RuleSource Source, string? Declared) Apply(RuleSource source, Symbol symbol, string name, ImmutableArray<(TextOrigin Origin, FormulaEdit Edit)> edits)
    {
        var states = source.States.Items.Select((state, index) => state with
        {
            Initial = Replace(state.Initial, TextOrigin.InitialOf(index)),
            When = Replace(state.When, TextOrigin.WhenOf(index)),
        }).ToImmutableArray();
        var hypers = source.Hypers.Items;
        string? declared = null;
        if (symbol is StateSymbol named)
            states = states.SetItem(named.Index, states[named.Index] with { Symbol = declared = Declare(states[named.Index].Symbol) });
        else if (symbol is HyperSymbol hyper)
            hypers = hypers.SetItem(hyper.Index, hypers[hyper.Index] with { Symbol = declared = Declare(hypers[hyper.Index].Symbol) });
        return (source with { Formulas = Replace(source.Formulas, TextOrigin.Formulas), States = states, Hypers = hypers }, declared);

        string Declare(string written) => Name(written, symbol, source.Step) is { } length ? name + written.Substring(length) : name;

        string Replace(string text, TextOrigin origin) => EditedRule.Replace(text, [.. edits.Where(edit => edit.Origin == origin).Select(edit => edit.Edit)]);
    }

    private static string TextOf(RuleModel model, TextOrigin origin) => origin.State is not { } state ? model.Source.Formulas
        : origin == TextOrigin.InitialOf(state) ? model.States[state].Source.Initial : model.States[state].Source.When;

    /// <summary>The name at a place: as an exponent, or set apart from the names beside it, which a word would run into.</summary>
    private static string Written(string text, TextSpan span, string name, bool isApart)
    {
        var (before, after) = (span.Start > 0 ? text[span.Start - 1] : ' ', span.End < text.Length ? text[span.End] : ' ');
        if (before == '^')
            return name.Length > 1 ? $"{{{name}}}" : name;
        if (Scripts.Superscript(text[span.Start]) is not null)
            return name.Length > 1 ? $"^{{{name}}}" : $"^{name}";
        return isApart ? (char.IsLetter(before) || before is >= '₀' and <= '₉' ? " " : "") + name + (char.IsLetter(after) ? " " : "") : name;
    }

    /// <summary>How many characters of a written name are the symbol's own; null where it is another name.</summary>
    private static int? Name(string written, Symbol symbol, string step)
    {
        if (written.Length == 1 && Scripts.Superscript(written[0])?.ToString() == symbol.Name)
            return 1;
        if (SymbolNames.NormalizeState(written, step) is not var (whole, past) || (past?.Name ?? whole) != symbol.Name)
            return null;
        for (var length = written.Length; length > 0; length--)
        {
            if (SymbolNames.Normalize(written.Substring(0, length)) == symbol.Name)
                return length;
        }

        return null;
    }

    private static Symbol? SymbolOf(Expr node) => node switch
    {
        HyperExpr hyper => hyper.Symbol.Base ?? hyper.Symbol,
        OldExpr old => old.Symbol,
        DefinedExpr defined => defined.Definition.Target,
        _ => null,
    };

    private static bool IsSame(Symbol a, Symbol b) => a.GetType() == b.GetType() && a.Name == b.Name;

    private static bool IsSame(RuleModel a, RuleModel b) =>
        a.Definitions.Length == b.Definitions.Length
        && a.Definitions.Zip(b.Definitions, (x, y) => IsSameTarget(x.Target, y.Target) && IsSame(x.Value, y.Value)).All(same => same)
        && a.Initials.Zip(b.Initials, IsSame).All(same => same)
        && a.Conditions.Zip(b.Conditions, (x, y) => x is null ? y is null : y is not null && IsSame(x, y)).All(same => same);

    private static bool IsSameTarget(Symbol a, Symbol b) => (a, b) switch
    {
        (StateSymbol x, StateSymbol y) => x.Index == y.Index,
        (HyperSymbol x, HyperSymbol y) => x.Index == y.Index && x.Shift == y.Shift,
        _ => a.GetType() == b.GetType(),
    };

    private static bool IsSame(Expr a, Expr b)
    {
        var (left, right) = (a.Children(), b.Children());
        return a.GetType() == b.GetType() && left.Length == right.Length && left.Zip(right, IsSame).All(same => same) && (a, b) switch
        {
            (NumberExpr x, NumberExpr y) => x.Value.Equals(y.Value),
            (HyperExpr x, HyperExpr y) => IsSameTarget(x.Symbol, y.Symbol),
            (OldExpr x, OldExpr y) => IsSameTarget(x.Symbol, y.Symbol),
            (DefinedExpr x, DefinedExpr y) => x.Definition.Index == y.Definition.Index,
            (UnaryExpr x, UnaryExpr y) => x.Operator == y.Operator,
            (BinaryExpr x, BinaryExpr y) => x.Operator == y.Operator,
            (CallExpr x, CallExpr y) => x.Function == y.Function,
            (ReduceExpr x, ReduceExpr y) => x.Reduction == y.Reduction && x.OverGroup == y.OverGroup,
            (MatrixExpr x, MatrixExpr y) => x.Function == y.Function && x.Cardinality == y.Cardinality,
            (DimensionExpr x, DimensionExpr y) => x.Dimension == y.Dimension,
            _ => true,
        };
    }
}
