using System.Collections.Immutable;
using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Backends.Python;

/// <summary>
/// Where formulas divide by 0 or take the root of what is negative, they come to a number that the choice behind them drops;
/// Python ends there. A temporary that may do so and is read on one side of choices only is computed only where these lead there.
/// </summary>
internal sealed class LazyLocals
{
    /// <summary>What is read in more ways than these is computed in every step.</summary>
    private const int MostWays = 4;

    private readonly PythonExpressions _expressions;
    private readonly PythonDialect _dialect;
    private readonly Dictionary<Definition, List<Way>> _ways = [];
    private readonly Dictionary<Definition, string?> _conditions = [];

    /// <param name="definitions">The statements that are written, in their order.</param>
    /// <param name="expressions">How expressions are written.</param>
    /// <param name="dialect">What is an array.</param>
    public LazyLocals(IReadOnlyList<Definition> definitions, PythonExpressions expressions, PythonDialect dialect)
    {
        (_expressions, _dialect) = (expressions, dialect);
        foreach (var definition in definitions.Reverse())
        {
            foreach (var way in definition.Target is LocalSymbol && _ways.TryGetValue(definition, out var own) ? own : [Way.Always])
                Read(definition.Value, way);
        }

        foreach (var definition in definitions)
            _conditions[definition] = Condition(definition);
    }

    /// <summary>The condition under which a temporary is computed; null where it always is.</summary>
    public string? Of(Definition definition) => _conditions[definition];

    private string? Condition(Definition definition)
    {
        if (definition.Target is not LocalSymbol || !_ways.TryGetValue(definition, out var ways))
            return null;
        if (!Nodes(definition.Value).Any(MayFail) && definition.Value.Nodes().OfType<DefinedExpr>().All(read => Of(read.Definition) is null))
            return null;
        var known = Simplify(ways.Select(way => way.Where(side => IsKnown(side.Condition, definition))));
        if (known.Count > MostWays || known.Any(way => way.Sides.IsEmpty))
            return null;
        return known.Count == 1 ? Text(known[0]) : string.Join(" or ", known.Select(way => way.Sides.Count == 1 ? Text(way) : $"({Text(way)})"));
    }

    private bool IsKnown(Expr condition, Definition at) =>
        condition.Nodes().OfType<DefinedExpr>().All(read => read.Definition.Index < at.Index && (!_conditions.TryGetValue(read.Definition, out var own) || own is null));

    /// <summary>Without ways that others hold already: <c>a or (not a and b)</c> is <c>a or b</c>.</summary>
    private static List<Way> Simplify(IEnumerable<Way> ways)
    {
        var left = new List<Way>();
        foreach (var way in ways.OrderBy(way => way.Sides.Count))
        {
            var plain = left.Where(other => other.Sides.Count == 1).Select(other => other.Sides.Single()).Aggregate(way, (rest, other) => rest.Without(other.Key, !other.Value.Holds));
            if (!left.Any(plain.Includes))
                left.Add(plain);
        }

        return left;
    }

    private string Text(Way way) => string.Join(" and ", way.Sides.Values.OrderBy(side => side.Condition.Span.Start).Select(side => side.Holds
        ? _expressions.Condition(side.Condition).Within(Tightness.Not)
        : "not " + _expressions.Condition(side.Condition).Within(Tightness.Not)));

    /// <summary>Notes in which ways an expression reads each temporary.</summary>
    private void Read(Expr expression, Way way)
    {
        if (expression is DefinedExpr { Definition: { Target: LocalSymbol } local })
        {
            if (!_ways.TryGetValue(local, out var ways))
                _ways.Add(local, ways = []);
            if (!ways.Any(way.Includes))
                ways.Add(way);
        }

        if (expression is ConditionalExpr choice && !_dialect.IsArray(choice.Condition))
        {
            var key = $"{_expressions.Condition(choice.Condition).Text} of {string.Join(" ", choice.Condition.Nodes().OfType<DefinedExpr>().Select(read => read.Definition.Index))}";
            Read(choice.Condition, way);
            Read(choice.WhenTrue, way.And(key, new Side(choice.Condition, true)));
            Read(choice.WhenFalse, way.And(key, new Side(choice.Condition, false)));
            return;
        }

        foreach (var child in expression.Children())
            Read(child, way);
    }

    /// <summary>What is evaluated whatever choices lead to.</summary>
    private IEnumerable<Expr> Nodes(Expr expression) => expression is ConditionalExpr choice && !_dialect.IsArray(choice.Condition)
        ? Nodes(choice.Condition)
        : expression.Children().SelectMany(Nodes).Prepend(expression);

    /// <summary>True for what Python refuses to compute of some numbers.</summary>
    private bool MayFail(Expr node) => !_dialect.IsArray(node) && node switch
    {
        BinaryExpr { Operator: Op.Divide, Right: not NumberExpr } => true,
        BinaryExpr { Operator: Op.Power, Right: not NumberExpr { Value: > 0 } } => true,
        CallExpr call => OperationTable.Of(call.Function).Foreign!.Number.Contains("math."),
        _ => false,
    };

    /// <summary>A side of a choice.</summary>
    private readonly record struct Side(Expr Condition, bool Holds);

    /// <summary>Sides of choices, each in the other, that lead to a place.</summary>
    private sealed record Way(ImmutableDictionary<string, Side> Sides)
    {
        public static Way Always { get; } = new(ImmutableDictionary<string, Side>.Empty);

        public Way And(string key, Side side) => new(Sides.SetItem(key, side));

        public Way Where(Func<Side, bool> predicate) => new(Sides.Where(pair => predicate(pair.Value)).ToImmutableDictionary());

        public Way Without(string key, bool holds) => Sides.TryGetValue(key, out var side) && side.Holds == holds ? new Way(Sides.Remove(key)) : this;

        /// <summary>True for a way that leads here only where another one does too.</summary>
        public bool Includes(Way other) => other.Sides.All(pair => Sides.TryGetValue(pair.Key, out var side) && side.Holds == pair.Value.Holds);
    }
}
