using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;
using static OptDsl.Language.Backends.CSharp.RuntimeContract;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>C# expressions of values per element, over a pack of elements: whatever the pack, an element gets the same bits.</summary>
/// <param name="pack">The type of the pack.</param>
/// <param name="name">The variable that holds a value, or null.</param>
/// <param name="switchText">The condition of a choice that is the same for all elements.</param>
internal sealed class ElementText(string pack, Func<Node, string?> name, Func<Node, string> switchText)
{
    private const int Lowest = 0, Or = 1, And = 2, Relation = 4, Sum = 5, Product = 6, Unary = 7, Primary = 8;

    /// <summary>The value of a node as a number.</summary>
    public string Of(Node node) => Value(node, Lowest);

    /// <summary>What the variable of a node is assigned: a condition if it is one.</summary>
    public string Definition(Node node) => node.Op.IsCondition() ? Condition(node).Text : Operation(node).Text;

    /// <summary>True for values whose text is a number of C#, not a pack.</summary>
    public static bool IsNumber(Node node) => node.IsConstant || (node.Op == Op.Copy && IsNumber(node.Operands[0])) || (node.Op == Op.Select && node.Operands[0].IsScalar && node.Operands.Skip(1).All(IsNumber));

    private string Value(Node node, int outer)
    {
        var (text, precedence) = Value(node);
        return precedence < outer ? "(" + text + ")" : text;
    }

    private (string Text, int Precedence) Value(Node node)
    {
        if (node.IsConstant)
            return (ScalarText.Number(node.Value), node.Value < 0 || 1 / node.Value < 0 ? Unary : Primary);
        if (node.Op.IsCondition() && !node.IsScalar)
            return ($"{pack}.{IPack.Number}({Mask(node, Lowest)})", Primary);
        return name(node) is { } variable ? (variable, Primary) : Operation(node);
    }

    private (string Text, int Precedence) Operation(Node node)
    {
        return node.Op switch
        {
            Op.Constant => Value(node),
            Op.New or Op.Copy => Value(node.Operands[0]),
            Op.Add => (Value(node.Operands[0], Sum) + " + " + Value(node.Operands[1], Product), Sum),
            Op.Subtract => (Value(node.Operands[0], Sum) + " - " + Value(node.Operands[1], Product), Sum),
            Op.Multiply => (Value(node.Operands[0], Product) + " * " + Value(node.Operands[1], Unary), Product),
            Op.Divide => (Value(node.Operands[0], Product) + " / " + Value(node.Operands[1], Unary), Product),
            Op.Negate => ("-" + Value(node.Operands[0], Primary), Unary),
            Op.Select => Select(node),
            Op.Min or Op.Max => Bound(node),
            Op.MultiplyAdd => Call($"{pack}.{IPack.MultiplyAdd}", node),
            _ => Call(Function(OperationTable.Of(node.Op)), node),
        };
    }

    private (string Text, int Precedence) Call(string function, Node node) =>
        (function + "(" + string.Join(", ", node.Operands.Select(operand => Value(operand, Lowest))) + ")", Primary);

    /// <summary>Where one operand cannot be NaN, an instruction that hands on the other's NaN; else a function that has to look.</summary>
    private (string Text, int Precedence) Bound(Node node)
    {
        var (x, bound) = IsNeverNaN(node.Operands[1]) ? (node.Operands[0], node.Operands[1]) : (node.Operands[1], node.Operands[0]);
        return IsNeverNaN(bound)
            ? ($"{pack}.{(node.Op == Op.Max ? IPack.AtLeast : IPack.AtMost)}({Value(x, Lowest)}, {Value(bound, Lowest)})", Primary)
            : Call(Function(OperationTable.Of(node.Op)), node);
    }

    /// <summary>A function; of two arguments, one may be a number and so tell nothing of the pack.</summary>
    private string Function(Operation operation) => operation.Kernel!.IsMember ? $"{pack}.{operation.Kernel.Element}"
        : $"{ElementMath.Name}.{operation.Kernel.Element}" + (operation.Arity > 1 ? $"<{pack}>" : "");

    /// <summary>True for what cannot be NaN, as hyper-parameters are verified; not for a literal 0, where the sign of a zero counts.</summary>
    private static bool IsNeverNaN(Node node) => node.Op switch
    {
        Op.Constant => !double.IsNaN(node.Value) && node.Value != 0,
        Op.Hyper or Op.Step or Op.Count => true,
        Op.Negate => IsNeverNaN(node.Operands[0]),
        Op.Product => node.Operands.Length == 1 && node.Halves[0] == 2 && node.Value != 0 && !double.IsInfinity(node.Value) && IsNeverNaN(node.Operands[0]),
        _ => false,
    };

    private (string Text, int Precedence) Select(Node node)
    {
        var (condition, whenTrue, whenFalse) = (node.Operands[0], node.Operands[1], node.Operands[2]);
        return condition.IsScalar
            ? (switchText(condition) + " ? " + Value(whenTrue, Or) + " : " + Value(whenFalse, Or), Lowest)
            : ($"{pack}.{IPack.Select}({Mask(condition, Lowest)}, {Value(whenTrue, Lowest)}, {Value(whenFalse, Lowest)})", Primary);
    }

    private string Mask(Node node, int outer)
    {
        var (text, precedence) = Mask(node);
        return precedence < outer ? "(" + text + ")" : text;
    }

    private (string Text, int Precedence) Mask(Node node)
    {
        if (!node.Op.IsCondition() || node.IsScalar)
            return ($"~{pack}.{IPack.Equal}({Value(node, Lowest)}, 0)", Unary);
        return name(node) is { } variable ? (variable, Primary) : Condition(node);
    }

    private (string Text, int Precedence) Condition(Node node)
    {
        // Of a value and itself: whether it is a number. C# takes a comparison of a variable with itself for a slip.
        var isOfOne = node.Operands[0] == node.Operands[node.Operands.Length - 1];
        return node.Op switch
        {
            Op.And => (Mask(node.Operands[0], And) + " & " + Mask(node.Operands[1], Relation), And),
            Op.Or => (Mask(node.Operands[0], Or) + " | " + Mask(node.Operands[1], And), Or),
            Op.Not => ("~" + Mask(node.Operands[0], Primary), Unary),
            Op.NotEqual => ("~" + Call($"{pack}.{IPack.Equal}", node).Text, Unary),
            Op.Less when !isOfOne => (Compare(node, "<"), Relation),
            Op.LessOrEqual when !isOfOne => (Compare(node, "<="), Relation),
            Op.Greater when !isOfOne => (Compare(node, ">"), Relation),
            Op.GreaterOrEqual when !isOfOne => (Compare(node, ">="), Relation),
            _ => Call($"{pack}.{IPack.Equal}", node),
        };
    }

    private string Compare(Node node, string op) => $"{Value(node.Operands[0], Sum)} {op} {Value(node.Operands[1], Sum)}";
}
