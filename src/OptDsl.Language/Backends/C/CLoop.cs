using System.Collections.Immutable;
using System.Globalization;
using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Backends.C;

/// <summary>One loop over elements: what it computes, and the constants that it needs, settled before it.</summary>
internal sealed class CLoop(CNames names, CScalars scalars, ImmutableArray<Expr?> conditions)
{
    private readonly Dictionary<string, string> _constants = [];
    private readonly List<string> _settled = [];
    private readonly List<string> _body = [];
    private readonly HashSet<Definition> _computed = [];
    private readonly HashSet<string> _holding = [];

    /// <summary>Declarations that stand before the loop.</summary>
    public IEnumerable<string> Constants => _settled;

    /// <summary>The statements of the loop.</summary>
    public IEnumerable<string> Body => _body;

    public void Add(string statement) => _body.Add(statement);

    /// <summary>A value an element, with everything that it needs computed before.</summary>
    public CodeText Value(Expr expression)
    {
        foreach (var defined in Elements(expression).OfType<DefinedExpr>())
            Compute(defined.Definition);
        return Element(expression);
    }

    /// <summary>What is computed an element; a function of the whole tensor has been summed up before.</summary>
    private static IEnumerable<Expr> Elements(Expr expression) =>
        expression.Cardinality == Cardinality.PerElement ? expression.Children().SelectMany(Elements).Prepend(expression) : [];

    /// <summary>Computes a definition an element, once.</summary>
    public void Compute(Definition definition)
    {
        if (!_computed.Add(definition))
            return;
        var value = Value(definition.Value);
        _body.Add($"const real {names.Of(definition)} = {value.Text};");
    }

    private CodeText Element(Expr expression) => expression switch
    {
        _ when expression.Cardinality != Cardinality.PerElement => Constant(expression),
        GradientExpr => CodeText.Atom($"{names.Gradient}[i]"),
        OldExpr old => Kept(old.Symbol),
        DefinedExpr defined => CodeText.Atom(names.Of(defined.Definition)),
        UnaryExpr { Operator: Op.Negate } negation => new("-" + Element(negation.Operand).Within(Tightness.Unary), Tightness.Unary),
        UnaryExpr not => new("!" + Condition(not.Operand).Within(Tightness.Unary), Tightness.Unary),
        BinaryExpr binary => COperators.Infix(binary, Element, Condition),
        CallExpr call => COperators.Call(call, Element),
        ConditionalExpr choice => Choose(choice),
        _ => throw new ArgumentOutOfRangeException(nameof(expression), expression, "Unknown expression."),
    };

    /// <summary>An element in memory, or 0 of a state that does not exist.</summary>
    private CodeText Kept(StoredSymbol symbol)
    {
        var element = CodeText.Atom($"{names.Kept(symbol)}[i]");
        return symbol is StateSymbol state && When(state) is { } flag && !_holding.Contains(flag.Text)
            ? COperators.Choose(flag, element, CodeText.Atom("0"))
            : element;
    }

    /// <summary>The condition while which a state exists; null for always.</summary>
    public CodeText? When(StateSymbol state) => conditions[state.Index] is { } condition ? Flag(condition) : null;

    private CodeText Choose(ConditionalExpr choice)
    {
        var condition = Condition(choice.Condition);
        var isNew = _holding.Add(condition.Text);
        var whenTrue = Element(choice.WhenTrue);
        if (isNew)
            _holding.Remove(condition.Text);
        return COperators.Choose(condition, whenTrue, Element(choice.WhenFalse));
    }

    private CodeText Condition(Expr expression) => expression.Cardinality != Cardinality.PerElement ? Flag(expression)
        : COperators.IsTruth(expression) ? Element(expression)
        : CodeText.Infix(Element(expression), "!=", CodeText.Atom("0"), Tightness.Comparison);

    /// <summary>A number in the type of the elements: two types in one expression would be computed in the wider one.</summary>
    private CodeText Constant(Expr expression)
    {
        if (expression is NumberExpr number)
        {
            var text = CodeText.Number(number.Value, "INFINITY");
            return number.Value == Math.Floor(number.Value) && Math.Abs(number.Value) < 1e6 ? text : new($"(real){text.Within(Tightness.Unary)}", Tightness.Unary);
        }

        return CodeText.Atom(Settle("real", scalars.Value(expression).Text, expression));
    }

    private CodeText Flag(Expr condition) => condition is NumberExpr ? scalars.Condition(condition) : CodeText.Atom(Settle("int", scalars.Condition(condition).Text, condition));

    private string Settle(string type, string value, Expr expression)
    {
        if (!_constants.TryGetValue(type + value, out var name))
        {
            _constants.Add(type + value, name = names.Fresh(Stem(expression)));
            _settled.Add($"const {type} {name} = {value};");
        }

        return name;
    }

    private string Stem(Expr expression) => expression switch
    {
        HyperExpr hyper => names.Hypers[hyper.Symbol.Index] + "_i",
        DefinedExpr defined => names.Of(defined.Definition) + "_i",
        OldExpr old => names.Kept(old.Symbol) + "_i",
        BinaryExpr { Operator: Op.Subtract, Left: NumberExpr { Value: 1 }, Right: HyperExpr hyper } => "one_minus_" + names.Hypers[hyper.Symbol.Index],
        _ => "c" + (_settled.Count + 1).ToString(CultureInfo.InvariantCulture),
    };
}
