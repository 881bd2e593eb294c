using System.Globalization;
using System.Text;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Model;

/// <summary>
/// The identity of an algorithm: equal for rules that do the same operations on the same parameter, gradient, states and
/// hyper-parameters, however they are written down and whatever the locals and properties are called. It decides whether a
/// checkpoint fits, so it depends on the bound model alone: nothing that plans or kernels make of it changes it.
/// </summary>
internal sealed class ModelIdentity
{
    /// <summary>To be raised where the same rules get another identity, which says to readers of checkpoints why.</summary>
    public const int Version = 1;

    private readonly StringBuilder _text = new();
    private readonly Dictionary<string, int> _numbers = [];
    private readonly Dictionary<Definition, int> _definitions = [];

    private ModelIdentity()
    {
    }

    /// <summary>The version, and the hash of what the parameter and each state become, begin with and depend on.</summary>
    public static string Of(RuleModel model) => $"{Version.ToString(CultureInfo.InvariantCulture)}:{Fnv(new ModelIdentity().Describe(model)).ToString("x16", CultureInfo.InvariantCulture)}";

    private string Describe(RuleModel model)
    {
        if (model.Final(model.Parameter) is { } update)
            Line($"parameter {Show(NumberOf(update))}");
        foreach (var state in model.States.OrderBy(state => state.Name, StringComparer.Ordinal))
        {
            var condition = model.Conditions[state.Index] is { } when ? $" when {Show(NumberOf(when))}" : "";
            var final = model.Final(state) is { } changed ? $" becomes {Show(NumberOf(changed))}" : "";
            Line($"state {state.Name}, one value {state.Cardinality.Of()}, begins with {Show(NumberOf(model.Initials[state.Index]))}{final}{condition}");
        }

        return _text.ToString();
    }

    /// <summary>Values that a definition is made of have their numbers first, so that long rules need no deep stack.</summary>
    private int NumberOf(Definition definition)
    {
        var open = new Stack<(Definition Definition, Queue<Definition> Uses)>();
        open.Push((definition, new(Uses(definition.Value))));
        while (open.Count > 0)
        {
            var (current, uses) = open.Peek();
            if (uses.Count > 0)
            {
                var next = uses.Dequeue();
                if (!_definitions.ContainsKey(next))
                    open.Push((next, new(Uses(next.Value))));
                continue;
            }

            open.Pop();
            if (!_definitions.ContainsKey(current))
                _definitions.Add(current, NumberOf(current.Value));
        }

        return _definitions[definition];
    }

    private static IEnumerable<Definition> Uses(Expr expression) => expression switch
    {
        DefinedExpr defined => [defined.Definition],
        ReduceExpr { Reduction: Op.Count } => [],
        _ => expression.Children().SelectMany(Uses),
    };

    /// <summary>Every distinct value is described once, under a number; the order is that of use.</summary>
    private int NumberOf(Expr expression) => expression switch
    {
        NumberExpr number => Value("number " + BitConverter.DoubleToInt64Bits(number.Value).ToString("x", CultureInfo.InvariantCulture)),
        HyperExpr hyper => Value("hyper " + hyper.Symbol.Name),
        StepExpr => Value("step"),
        GradientExpr => Value("gradient"),
        OldExpr { Symbol: ParameterSymbol } => Value("parameter"),
        OldExpr old => Value("old " + old.Symbol.Name),
        DefinedExpr defined => _definitions[defined.Definition],
        UnaryExpr unary => Value(unary.Operator, unary.Operand),
        BinaryExpr { Operator: Op.Power, Right: NumberExpr { Value: 2 } } square => Value(Op.Multiply, square.Left, square.Left),
        BinaryExpr { Operator: Op.Power, Right: NumberExpr { Value: 0.5 } } root => Value(Op.Sqrt, root.Left),
        BinaryExpr binary => Value(binary.Operator, binary.Left, binary.Right),
        CallExpr call => Value(call.Function, [.. call.Arguments]),
        ConditionalExpr choice => Value(Op.Select, choice.Condition, choice.WhenTrue, choice.WhenFalse),
        ReduceExpr reduce => Value($"{(reduce.OverGroup ? "group " : "tensor ")}{Described(reduce.Reduction, reduce.Reduction == Op.Count ? [] : [.. reduce.Arguments])}"),
        MatrixExpr { Function: Op.Identity } identity => Value($"{Op.Identity} {identity.Cardinality.Dimensions()}"),
        MatrixExpr matrix => Value(matrix.Function, [.. matrix.Arguments]),
        DimensionExpr dimension => Value(dimension.Dimension.ToString()),
        _ => throw new ArgumentException($"Unknown expression {expression.GetType().Name}.", nameof(expression)),
    };

    private int Value(Op op, params Expr[] operands) => Value(Described(op, operands));

    private string Described(Op op, Expr[] operands) => op + string.Concat(operands.Select(operand => " " + Show(NumberOf(operand))));

    private int Value(string description)
    {
        if (!_numbers.TryGetValue(description, out var number))
        {
            _numbers.Add(description, number = _numbers.Count);
            Line(description);
        }

        return number;
    }

    private void Line(string text) => _text.Append(text).Append('\n');

    private static string Show(int number) => number.ToString(CultureInfo.InvariantCulture);

    // FNV-1a over UTF-16 code units.
    private static ulong Fnv(string text)
    {
        unchecked
        {
            var hash = 14695981039346656037UL;
            foreach (var c in text)
            {
                hash = (hash ^ (byte)c) * 1099511628211UL;
                hash = (hash ^ (byte)(c >> 8)) * 1099511628211UL;
            }

            return hash;
        }
    }
}
