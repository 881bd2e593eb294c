using System.Globalization;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>
/// C# expressions of values per element: of a vector of them, or of one. Both forms do the same operations, so that an element
/// has the same bits wherever it lies.
/// </summary>
/// <param name="type"><c>float</c> or <c>double</c>.</param>
/// <param name="form">A vector of elements, or one.</param>
/// <param name="name">The variable that holds a value, or null.</param>
/// <param name="switchText">The condition of a choice that is the same for all elements.</param>
internal sealed class ElementText(string type, ElementForm form, Func<Node, string?> name, Func<Node, string> switchText)
{
    private const int Lowest = 0, Or = 1, And = 2, Equality = 3, Relation = 4, Sum = 5, Product = 6, Unary = 7, Primary = 8;

    /// <summary>The value of a node as a number.</summary>
    public string Of(Node node) => Value(node, Lowest);

    /// <summary>What the variable of a node is assigned: a mask if it is a condition.</summary>
    public string Definition(Node node) => node.Op.IsCondition() ? Condition(node).Text : Operation(node).Text;

    private string Function(string function) => form.Function(type, function);

    private string Value(Node node, int outer)
    {
        var (text, precedence) = Value(node);
        return precedence < outer ? "(" + text + ")" : text;
    }

    private (string Text, int Precedence) Value(Node node)
    {
        if (node.IsConstant)
            return (Constant(node.Value), !form.IsVector && node.Value < 0 ? Unary : Primary);
        if (node.Op.IsCondition() && !node.IsScalar)
        {
            return form.IsVector
                ? ($"{Function("ConditionalSelect")}({Mask(node, Lowest)}, {form.Type(type)}.One, {form.Type(type)}.Zero)", Primary)
                : (Mask(node, Or) + " ? " + Constant(1) + " : " + Constant(0), Lowest);
        }

        return name(node) is { } variable ? (variable, Primary) : Operation(node);
    }

    private (string Text, int Precedence) Operation(Node node)
    {
        return node.Op switch
        {
            Op.New => Value(node.Operands[0]),
            Op.Add => (Value(node.Operands[0], Sum) + " + " + Value(node.Operands[1], Product), Sum),
            Op.Subtract => (Value(node.Operands[0], Sum) + " - " + Value(node.Operands[1], Product), Sum),
            Op.Multiply => (Factor(node.Operands[0], Product) + " * " + Value(node.Operands[1], Unary), Product),
            Op.Divide => (Value(node.Operands[0], Product) + " / " + Value(node.Operands[1], Unary), Product),
            Op.Negate => ("-" + Value(node.Operands[0], Primary), Unary),
            Op.MultiplyAdd => Call(Function("MultiplyAddEstimate"), node),
            Op.Select => Select(node),
            Op.Min or Op.Max => Bound(node),
            _ => Call(form.Function(type, OperationTable.Of(node.Op).Kernel!), node),
        };
    }

    private (string Text, int Precedence) Call(string function, Node node) =>
        (function + "(" + string.Join(", ", node.Operands.Select(operand => Value(operand, Lowest))) + ")", Primary);

    /// <summary>Where one operand cannot be NaN, an instruction that hands on the other's NaN; else a function that has to look.</summary>
    private (string Text, int Precedence) Bound(Node node)
    {
        var (x, bound) = IsNumber(node.Operands[1]) ? (node.Operands[0], node.Operands[1]) : (node.Operands[1], node.Operands[0]);
        return IsNumber(bound)
            ? ($"ElementMath.{(node.Op == Op.Max ? "AtLeast" : "AtMost")}({Value(x, Lowest)}, {Value(bound, Lowest)})", Primary)
            : Call(Function(node.Op.ToString()), node);
    }

    /// <summary>True for what cannot be NaN, as hyper-parameters are verified; not for a literal 0, where the sign of a zero counts.</summary>
    private static bool IsNumber(Node node) => node.Op switch
    {
        Op.Constant => !double.IsNaN(node.Value) && node.Value != 0,
        Op.Hyper or Op.Step or Op.Count => true,
        Op.Negate => IsNumber(node.Operands[0]),
        Op.Product => node.Operands.Length == 1 && node.Halves[0] == 2 && node.Value != 0 && !double.IsInfinity(node.Value) && IsNumber(node.Operands[0]),
        _ => false,
    };

    // A vector can be multiplied by a number directly.
    private string Factor(Node node, int outer) =>
        node.IsConstant && form.IsVector && !double.IsNaN(node.Value) && !double.IsInfinity(node.Value) ? Literal(node.Value) : Value(node, outer);

    private (string Text, int Precedence) Select(Node node)
    {
        var (condition, whenTrue, whenFalse) = (node.Operands[0], node.Operands[1], node.Operands[2]);
        if (condition.IsScalar)
            return (switchText(condition) + " ? " + Value(whenTrue, Or) + " : " + Value(whenFalse, Or), Lowest);
        return form.IsVector
            ? ($"{Function("ConditionalSelect")}({Mask(condition, Lowest)}, {Value(whenTrue, Lowest)}, {Value(whenFalse, Lowest)})", Primary)
            : (Mask(condition, Or) + " ? " + Value(whenTrue, Or) + " : " + Value(whenFalse, Or), Lowest);
    }

    private string Mask(Node node, int outer = Lowest)
    {
        var (text, precedence) = Mask(node);
        return precedence < outer ? "(" + text + ")" : text;
    }

    private (string Text, int Precedence) Mask(Node node)
    {
        if (!node.Op.IsCondition() || node.IsScalar)
        {
            return form.IsVector
                ? ($"~{Function("Equals")}({Value(node, Lowest)}, {form.Type(type)}.Zero)", Unary)
                : (Value(node, Relation) + " != 0", Equality);
        }

        return name(node) is { } variable ? (variable, Primary) : Condition(node);
    }

    private (string Text, int Precedence) Condition(Node node)
    {
        return (node.Op, form.IsVector) switch
        {
            (Op.And, true) => (Mask(node.Operands[0], And) + " & " + Mask(node.Operands[1], Equality), And),
            (Op.Or, true) => (Mask(node.Operands[0], Or) + " | " + Mask(node.Operands[1], And), Or),
            (Op.And, false) => (Mask(node.Operands[0], And) + " && " + Mask(node.Operands[1], Equality), And),
            (Op.Or, false) => (Mask(node.Operands[0], Or) + " || " + Mask(node.Operands[1], And), Or),
            (Op.Not, _) => ((form.IsVector ? "~" : "!") + Mask(node.Operands[0], Primary), Unary),
            (Op.NotEqual, true) => ("~" + Call(Function("Equals"), node).Text, Unary),
            (_, true) => Call(Function(Comparison(node.Op)), node),
            _ when node.Operands[0] == node.Operands[1] => ((node.Op == Op.NotEqual ? "" : "!") + type + ".IsNaN(" + Value(node.Operands[0], Lowest) + ")", Unary),
            _ => (Value(node.Operands[0], Sum) + " " + Sign(node.Op) + " " + Value(node.Operands[1], Sum), node.Op is Op.Equal or Op.NotEqual ? Equality : Relation),
        };
    }

    private static string Comparison(Op op) => op switch
    {
        Op.Less => "LessThan",
        Op.LessOrEqual => "LessThanOrEqual",
        Op.Greater => "GreaterThan",
        Op.GreaterOrEqual => "GreaterThanOrEqual",
        _ => "Equals",
    };

    private static string Sign(Op op) => op switch
    {
        Op.Less => "<",
        Op.LessOrEqual => "<=",
        Op.Greater => ">",
        Op.GreaterOrEqual => ">=",
        Op.Equal => "==",
        _ => "!=",
    };

    private string Constant(double value)
    {
        if (!form.IsVector)
            return Literal(value);
        if (value == 1)
            return form.Type(type) + ".One";
        return value == 0 && 1 / value > 0 ? form.Type(type) + ".Zero" : form.Broadcast(type, Literal(value));
    }

    private string Literal(double value)
    {
        if (type == "double")
        {
            var number = ScalarText.Number(value);
            return number.Contains(".") || number.Contains("E") ? number : number + ".0";
        }

        var single = (float)value;
        if (float.IsNaN(single))
            return "float.NaN";
        if (float.IsInfinity(single))
            return single > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity";
        return single == 0 && 1 / value < 0 ? "-0f" : single.ToString("R", CultureInfo.InvariantCulture) + "f";
    }
}
