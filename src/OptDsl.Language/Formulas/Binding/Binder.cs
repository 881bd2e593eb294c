using System.Collections.Immutable;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Syntax;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>Gives every name of the statements its meaning, and with it every expression its cardinality.</summary>
internal sealed partial class Binder
{
    private readonly RuleSource _source;
    private readonly Scope _scope;
    private readonly ErrorSink _errors;
    private readonly TimeIndices _times;
    private readonly WordExpander _expander;
    private readonly NameErrors _names;
    private readonly List<Definition> _definitions = [];
    private readonly Assignments _assignments;
    private readonly Dictionary<Definition, int> _depths = [];
    private readonly string _text;
    private int _lastDepth;
    private int _repetitions;

    /// <summary>The name that the statement assigns which is being bound.</summary>
    private string? _assigning;
    private TextSpan _lastPlace;

    /// <summary>The bound on how deep a value's whole history is, so that recursion over it needs a bounded stack.</summary>
    private const int MaximumTotalDepth = 1000;

    /// <summary>How often bodies may be repeated, those in others counted each time.</summary>
    private const int MostRepetitions = 200;

    /// <param name="source">The declaration.</param>
    /// <param name="text">The text that is bound.</param>
    /// <param name="scope">What names mean in it.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public Binder(RuleSource source, string text, Scope scope, ErrorSink errors)
    {
        _text = text;
        _source = source;
        _scope = scope;
        _errors = errors;
        _times = new TimeIndices(scope, errors);
        _assignments = new Assignments(Define);
        _names = new NameErrors(text, scope, errors);
        _expander = new WordExpander(scope, _times, _names);
    }

    /// <summary>False where there is no tensor to reduce yet.</summary>
    public bool AllowsReductions { get; init; }

    /// <summary>For each state the condition while which it exists, null for always.</summary>
    public ImmutableArray<Expr?> Conditions { get; init; } = [];

    private bool IsSchedule => _source.Kind == RuleKind.Schedule;

    /// <summary>The definitions, and the statements with every word expanded.</summary>
    public (ImmutableArray<Definition> Definitions, ImmutableArray<ItemSyntax> Items) BindStatements(ImmutableArray<ItemSyntax> items)
    {
        items = new Explanations(_times.NameOf, _times.IndexOf, NamesIn).Place(items);
        CollectHelpers(items);
        _times.Collect(items.Assignments());
        foreach (var statement in items.Assignments().Where(statement => PastOf(_times.NameOf(statement.Target), _times.IndexOf(statement.Target)) is null))
            _scope.Assigned.Add(_times.NameOf(statement.Target));
        _times.CollectGradients(Expressions(items));
        ExpandHelpers();
        CollectReads(items);
        var expanded = BindItems(items);
        _lastPlace = items.Assignments().LastOrDefault()?.Target.Span ?? default;
        KeepPast();
        return ([.. _definitions], expanded);
    }

    /// <summary>An expression on its own, such as a state's initial value.</summary>
    public Expr BindExpression(ExprSyntax syntax) => Bind(_expander.Expand(syntax));

    /// <summary>The initial value of a state.</summary>
    public Expr BindInitial(ExprSyntax syntax, StateSymbol state)
    {
        var value = BindExpression(syntax);
        if (_errors.Count == 0 && state.Cardinality.IsSquare() && value is not NumberExpr { Value: 0 } && value.Cardinality.IsSingle() && !IsUnsized(value))
        {
            var unit = $"({Text(syntax.Span)})I";
            _errors.Report(
                FormulaErrorIds.Shape, syntax.Span, $"'{state.Name}' is {state.Cardinality.Dimensions()}, and each of its values would be '{Text(syntax.Span)}'; the multiple of the unit matrix is written {unit}",
                new ReplaceFix($"Write {unit}", syntax.Span, unit));
        }

        return Fitted(state, value, syntax.Span);
    }

    private ImmutableArray<ItemSyntax> BindItems(ImmutableArray<ItemSyntax> items) => [.. TurnedMatrices.Pair(items, _text, _times.NameOf).Select(BindItem)];

    private ItemSyntax BindItem(ItemSyntax item) => item switch
    {
        ChoiceSyntax choice => BindChoice(choice),
        RepeatSyntax repeat => BindRepeat(repeat),
        StatementSyntax statement => BindStatement(statement),
        HelperSyntax helper => _scope.Helpers.TryGetValue(_times.NameOf(helper.Target), out var known) && known.Span == helper.Span ? known : helper,
        _ => item,
    };

    /// <summary>The statements as often as they are to run; one that is wrong is so the first time.</summary>
    private RepeatSyntax BindRepeat(RepeatSyntax repeat)
    {
        if (repeat.Times is not null)
            return BindCounted(repeat, _expander.Expand(repeat.Times));
        var body = BindItems(repeat.Body);
        for (var time = 1; time < repeat.Count && _errors.Count == 0; time++)
        {
            if (++_repetitions > MostRepetitions)
                _errors.Syntax(repeat.Span, "this is repeated too often in all; what is repeated is written out as so many statements");
            else
                BindItems(repeat.Body);
        }

        return repeat with { Body = body };
    }

    private StatementSyntax BindStatement(StatementSyntax statement)
    {
        var name = _times.NameOf(statement.Target);
        var expanded = _expander.Expand(statement.Value);
        _assigning = name;
        var value = Bind(expanded);
        _assigning = null;
        if (PastOf(name, _times.IndexOf(statement.Target)) is { } past)
        {
            _errors.Report(
                FormulaErrorIds.ReadOnlyTarget, statement.Target.Span,
                $"the state '{past.Source.Symbol}' is filled at the end of every step by itself; leave this statement out",
                new ReplaceFix("Remove the statement", statement.Span, ""));
            return statement;
        }

        if (_scope.Find(name) is HyperSymbol rate && BindRate(statement, rate, name, value))
            return statement with { Value = expanded };
        if (ReadOnlyKind(name) is { } kind)
        {
            ReportReadOnly(statement, name, kind);
            return statement;
        }

        var target = _scope.Local(name);
        if (statement.Operator is { } @operator)
        {
            var old = _times.EarlyOf(name) is { } before ? ReadEarly(name, before, statement.Target.Span) : Read(target, statement.Target);
            value = Elementwise(statement.Span, @operator, old, value);
        }

        RefuseStoredCorrection(statement, target, value);
        RefuseAlternative(statement, target, value);
        Assign(new Assignment(target, value, statement.Target.Span, statement.Span), statement.Value.Span);
        return statement with { Value = expanded };
    }

    /// <summary><c>m_t = m_t/(1-βᵗ)</c> behind the recurrence of m: papers mean another name, and programs store what the next step goes on from.</summary>
    private void RefuseStoredCorrection(StatementSyntax statement, Symbol target, Expr value)
    {
        if (_times.IndexOf(statement.Target) is null || target is not StateSymbol || value is not BinaryExpr { Operator: Op.Divide, Left: DefinedExpr { Definition.Target: var left }, Right: var divisor } || !left.Equals(target)
            || !divisor.Nodes().Any(node => node is StepExpr) || divisor.Nodes().Any(node => node is GradientExpr or OldExpr or DefinedExpr))
        {
            return;
        }

        var name = Text(statement.Target.Span);
        _errors.Report(
            FormulaErrorIds.AmbiguousProduct, statement.Span,
            $"this can mean that the corrected value is used in this step only, and then it has a name of its own, as in '{target.Name}̂ = {Text(statement.Value.Span)}', or that the next step goes on from it, and then both are one statement, '{name} = (…) / {Text(divisor.Span)}'; write which");
    }

    /// <summary><c>w_t = w_{t-1} - a; w_t = w_{t-1} - b</c>: two methods, or two forms of one, where nothing reads what the first gives.</summary>
    private void RefuseAlternative(StatementSyntax statement, Symbol target, Expr value)
    {
        if (_times.IndexOf(statement.Target) is null || statement.Operator is not null || target is not StoredSymbol || _assignments.Here(target) is not { } first || first.StatementSpan.Start >= statement.Span.Start
            || Reads(value) || _definitions.Skip(first.Index + 1).Any(definition => Reads(definition.Value)))
        {
            return;
        }

        _errors.Report(
            FormulaErrorIds.AmbiguousProduct, statement.Span,
            $"this gives '{Text(statement.Target.Span)}' a second value, and nothing reads the first: these are two methods, or two forms of one; leave one of them out",
            new ReplaceFix("Remove this one", statement.Span, ""), new ReplaceFix("Remove the first", first.StatementSpan, ""));

        bool Reads(Expr expression) => expression.Nodes().Any(node => node is DefinedExpr defined && defined.Definition == first);
    }

    /// <param name="assignment">What to assign.</param>
    /// <param name="place">Where its value stands.</param>
    private void Assign(Assignment assignment, TextSpan place)
    {
        _assignments.Assign(assignment with { Value = Fitted(assignment.Target, assignment.Value, place) });
    }

    private Definition Define(Assignment assignment)
    {
        var value = assignment.Value;
        if (assignment.Target is StateSymbol state && !Conditions.IsEmpty && Conditions[state.Index] is { } condition)
            value = new ConditionalExpr(value.Span, condition.At(value.Span), value, new OldExpr(assignment.TargetSpan, state));
        CheckDepth(assignment.Span, value);
        var definition = new Definition(_definitions.Count, assignment.Target, value, assignment.TargetSpan, assignment.Span);
        _definitions.Add(definition);
        _depths[definition] = _lastDepth;
        return definition;
    }

    private string? ReadOnlyKind(string name)
    {
        if (_scope.Find(name) is HyperSymbol)
            return "hyper-parameter";
        if (_scope.Find(name) is StateSymbol { Source.Constant: true, Past: null })
            return "constant";
        if (name == _scope.Step)
            return "step";
        return name == "π" && _scope.Find(name) is null ? "constant" : null;
    }

    private void ReportReadOnly(StatementSyntax statement, string name, string kind)
    {
        var span = statement.Target.Span;
        var remedy = kind == "constant" && _scope.Find(name) is StateSymbol
            ? "its values are given by the caller; leave Constant out of its declaration, or give the result a name of its own"
            : kind == "step"
            ? "the optimizer counts it; leave the statement out"
            : kind == "hyper-parameter" && statement.Value is NumberSyntax
            ? $"set its property to the value, and leave the statement out"
            : $"give the result a name of its own{(statement.Target.Glyphs.Length == 1 ? $", such as {name}' or {name}_{_scope.Step}" : "")}";
        _errors.Report(FormulaErrorIds.ReadOnlyTarget, span, $"'{name}' is the {kind} and cannot be assigned; {remedy}");
    }

    private void CheckDepth(TextSpan statement, Expr value)
    {
        _lastDepth = DepthOf(value);
        if (_lastDepth > MaximumTotalDepth)
            _errors.Syntax(statement, "too many statements build on one another here; the rule is too deep");
    }

    private int DepthOf(Expr value) => 1 + value switch
    {
        DefinedExpr defined => _depths.TryGetValue(defined.Definition, out var depth) ? depth : 0,
        UnaryExpr unary => DepthOf(unary.Operand),
        BinaryExpr binary => Math.Max(DepthOf(binary.Left), DepthOf(binary.Right)),
        CallExpr call => call.Arguments.Max(DepthOf),
        ReduceExpr reduce => reduce.Arguments.Max(DepthOf),
        MatrixExpr { Arguments.Length: > 0 } matrix => matrix.Arguments.Max(DepthOf),
        ConditionalExpr conditional => Math.Max(
            DepthOf(conditional.Condition), Math.Max(DepthOf(conditional.WhenTrue), DepthOf(conditional.WhenFalse))),
        _ => 0,
    };
}
