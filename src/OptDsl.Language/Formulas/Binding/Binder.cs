using System.Collections.Immutable;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>Gives every name of the statements its meaning, and with it every expression its shape.</summary>
internal sealed partial class Binder
{
    private readonly RuleSource _source;
    private readonly Scope _scope;
    private readonly ErrorSink _errors;
    private readonly TimeIndices _times;
    private readonly WordExpander _expander;
    private readonly List<Definition> _definitions = [];
    private readonly List<StatementSyntax> _statements = [];
    private readonly Dictionary<Definition, int> _depths = [];
    private readonly string _text;
    private int _lastDepth;

    /// <summary>The bound on how deep a value's whole history is, so that recursion over it needs a bounded stack.</summary>
    private const int MaximumTotalDepth = 1000;

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
        _expander = new WordExpander(scope, _times, new NameErrors(text, scope, errors));
    }

    /// <summary>False where there is no tensor to reduce yet.</summary>
    public bool AllowsReductions { get; init; }

    /// <summary>For each state the condition while which it exists, null for always.</summary>
    public ImmutableArray<Expr?> Conditions { get; init; } = [];

    private bool IsSchedule => _source.Kind == RuleKind.Schedule;

    /// <summary>The definitions, and the statement of each with every word expanded.</summary>
    public (ImmutableArray<Definition> Definitions, ImmutableArray<StatementSyntax> Statements) BindStatements(ImmutableArray<StatementSyntax> statements)
    {
        _times.Collect(statements);
        foreach (var statement in statements)
            _scope.Assigned.Add(_times.NameOf(statement.Target));
        foreach (var statement in statements)
            BindStatement(statement);
        return ([.. _definitions], [.. _statements]);
    }

    /// <summary>An expression on its own, such as a state's initial value.</summary>
    public Expr BindExpression(ExprSyntax syntax) => Bind(_expander.Expand(syntax));

    private void BindStatement(StatementSyntax statement)
    {
        var name = _times.NameOf(statement.Target);
        var expanded = _expander.Expand(statement.Value);
        var value = Bind(expanded);
        if (ReadOnlyKind(name) is { } kind)
        {
            ReportReadOnly(statement, name, kind);
            return;
        }

        var target = _scope.Local(name);
        if (statement.Operator is { } @operator)
        {
            var old = Read(target, statement.Target);
            value = new BinaryExpr(statement.Span, @operator, old, value);
        }

        if (target is StateSymbol { IsScalar: true } scalar && value.Shape > scalar.Shape)
            ReportShape(statement.Value.Span, scalar, value);
        if (target is StateSymbol state && Conditions[state.Index] is { } condition)
            value = new ConditionalExpr(value.Span, condition.At(value.Span), value, new OldExpr(statement.Target.Span, state));
        CheckDepth(statement, value);
        var definition = new Definition(_definitions.Count, target, value, statement.Target.Span, statement.Span);
        _definitions.Add(definition);
        _statements.Add(statement with { Value = expanded });
        _depths[definition] = _lastDepth;
        _scope.Define(definition);
    }

    private string? ReadOnlyKind(string name)
    {
        if (_scope.Find(name) is HyperSymbol)
            return "hyper-parameter";
        if (name == _scope.Step)
            return "step";
        return name == "π" && _scope.Find(name) is null ? "constant" : null;
    }

    private void ReportReadOnly(StatementSyntax statement, string name, string kind)
    {
        var span = statement.Target.Span;
        var remedy = kind == "step"
            ? "the optimizer counts it; leave the statement out"
            : kind == "hyper-parameter" && statement.Value is NumberSyntax
            ? $"set its property to the value, and leave the statement out"
            : $"give the result a name of its own{(statement.Target.Glyphs.Length == 1 ? $", such as {name}' or {name}_{_scope.Step}" : "")}";
        _errors.Report(FormulaErrorIds.ReadOnlyTarget, span, $"'{name}' is the {kind} and cannot be assigned; {remedy}");
    }

    private void CheckDepth(StatementSyntax statement, Expr value)
    {
        _lastDepth = DepthOf(value);
        if (_lastDepth > MaximumTotalDepth)
            _errors.Syntax(statement.Span, "too many statements build on one another here; the rule is too deep");
    }

    private int DepthOf(Expr value) => 1 + value switch
    {
        DefinedExpr defined => _depths.TryGetValue(defined.Definition, out var depth) ? depth : 0,
        UnaryExpr unary => DepthOf(unary.Operand),
        BinaryExpr binary => Math.Max(DepthOf(binary.Left), DepthOf(binary.Right)),
        CallExpr call => call.Arguments.Max(DepthOf),
        ReduceExpr reduce => reduce.Arguments.Max(DepthOf),
        ConditionalExpr conditional => Math.Max(
            DepthOf(conditional.Condition), Math.Max(DepthOf(conditional.WhenTrue), DepthOf(conditional.WhenFalse))),
        _ => 0,
    };
}
