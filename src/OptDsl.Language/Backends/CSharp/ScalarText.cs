using System.Globalization;
using OptDsl.Language.Formulas;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>C# expressions in double of scalar nodes.</summary>
/// <param name="leaf">The text of a node that has a name, or null.</param>
internal sealed class ScalarText(Func<Node, string?> leaf)
{
    // Precedences of C#, as far as they matter here.
    private const int Conditional = 0, Or = 1, And = 2, Equality = 3, Relation = 4, Sum = 5, Product = 6, Unary = 7, Primary = 8;

    public string Of(Node node) => Text(node, Conditional);

    /// <summary>The text of a node as a C# condition.</summary>
    public string Condition(Node node) => Condition(node, Conditional);

    public static string Number(double value)
    {
        if (double.IsNaN(value))
            return "double.NaN";
        if (double.IsInfinity(value))
            return value > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity";
        if (value == 0 && 1 / value < 0)
            return "-0.0";
        var text = value.ToString("R", CultureInfo.InvariantCulture);

        // A whole number beyond the range of int would be another type's literal.
        return Math.Abs(value) <= 1e9 || text.Contains("E") || text.Contains(".") ? text : text + ".0";
    }

    private string Text(Node node, int outer) => Wrap(Text(node), outer);

    private static string Wrap((string Text, int Precedence) value, int outer) =>
        value.Precedence < outer ? "(" + value.Text + ")" : value.Text;

    private (string Text, int Precedence) Text(Node node)
    {
        if (leaf(node) is { } name)
            return (name, Primary);
        if (node.Op.IsCondition())
            return (Condition(node, Equality) + " ? 1.0 : 0.0", Conditional);
        return node.Op switch
        {
            Op.Constant => (Number(node.Value), node.Value < 0 ? Unary : Primary),
            Op.Linear => (LinearText(node), Sum),
            Op.Product => ProductText(node),
            Op.New => Text(node.Operands[0]),
            Op.Add => (Text(node.Operands[0], Sum) + " + " + Text(node.Operands[1], Product), Sum),
            Op.Subtract => (Text(node.Operands[0], Sum) + " - " + Text(node.Operands[1], Product), Sum),
            Op.Multiply => (Text(node.Operands[0], Product) + " * " + Text(node.Operands[1], Unary), Product),
            Op.Divide => (AsDouble(node.Operands[0], Product) + " / " + Text(node.Operands[1], Unary), Product),
            Op.Negate => ("-" + Text(node.Operands[0], Primary), Unary),
            Op.Select => (
                Condition(node.Operands[0], Or) + " ? " + AsDouble(node.Operands[1], Or) + " : " + AsDouble(node.Operands[2], Or), Conditional),
            _ => (OperationTable.Of(node.Op).Kernel!.Scalar + "(" + string.Join(", ", node.Operands.Select(operand => AsDouble(operand, Conditional))) + ")", Primary),
        };
    }

    // Where all operands are whole numbers, C# would compute in int.
    private string AsDouble(Node node, int outer)
    {
        var text = Text(node, outer);
        return node.IsConstant && !text.Contains(".") && !text.Contains("E") && leaf(node) is null ? text + ".0" : text;
    }

    private string Condition(Node node, int outer)
    {
        if (leaf(node) is { } name)
            return Wrap((name + " != 0", Equality), outer);
        return Wrap(
            node.Op switch
            {
                Op.LessOrEqual or Op.GreaterOrEqual or Op.Equal or Op.NotEqual when node.Operands[0] == node.Operands[1] =>
                    ((node.Op == Op.NotEqual ? "" : "!") + "double.IsNaN(" + Of(node.Operands[0]) + ")", Unary),
                Op.Less => (Compare(node, " < ", Relation), Relation),
                Op.LessOrEqual => (Compare(node, " <= ", Relation), Relation),
                Op.Greater => (Compare(node, " > ", Relation), Relation),
                Op.GreaterOrEqual => (Compare(node, " >= ", Relation), Relation),
                Op.Equal => (Compare(node, " == ", Equality), Equality),
                Op.NotEqual => (Compare(node, " != ", Equality), Equality),
                Op.And => (Condition(node.Operands[0], And) + " && " + Condition(node.Operands[1], Equality), And),
                Op.Or => (Condition(node.Operands[0], Or) + " || " + Condition(node.Operands[1], And), Or),
                Op.Not => ("!" + Condition(node.Operands[0], Primary), Unary),
                _ => (AsDouble(node, Relation) + " != 0", Equality),
            },
            outer);
    }

    private string Compare(Node node, string op, int precedence) =>
        AsDouble(node.Operands[0], precedence + 1) + op + AsDouble(node.Operands[1], precedence + 1);

    // What is known first stands first, its constant with it: where these cancel, small values of a tensor do not get lost between.
    private string LinearText(Node node)
    {
        var terms = node.Terms.OrderBy(term => term.Core.Cardinality).Select(term => (Factor: term.Factor.Value, term.Core)).ToList();
        var known = terms.Count(term => term.Core.Cardinality == Cardinality.PerStep);
        var offsetAt = terms[0].Factor < 0 ? 0 : known > 0 ? known : terms.Count;
        var text = "";
        for (var i = 0; i <= terms.Count; i++)
        {
            if (i == offsetAt && !node.Offset.Is(0))
                text = i == 0 ? Text(node.Offset, Sum) : text + (node.Offset.Value < 0 ? " - " : " + ") + Number(Math.Abs(node.Offset.Value));
            if (i == terms.Count)
                break;
            var (factor, core) = terms[i];
            var magnitude = text == "" ? factor : Math.Abs(factor);
            var term = magnitude == 1 ? Text(core, Product)
                : magnitude == -1 ? "-" + Text(core, Unary)
                : Number(magnitude) + " * " + Text(core, Unary);
            text = text == "" ? term : text + (factor < 0 ? " - " : " + ") + term;
        }

        return text;
    }

    private (string Text, int Precedence) ProductText(Node node)
    {
        var above = new List<string>();
        var below = new List<string>();
        for (var i = 0; i < node.Operands.Length; i++)
            (node.Halves[i] > 0 ? above : below).Add(PowerText(node.Operands[i], Math.Abs(node.Halves[i])));

        var sign = "";
        if (node.Value == -1 && above.Count > 0)
            sign = "-";
        else if (node.Value != 1 || above.Count == 0)
            above.Insert(0, below.Count > 0 && above.Count == 0 ? CSharp.Double(node.Value) : Number(node.Value));
        var text = sign + string.Join(" * ", above);
        if (below.Count == 1)
            text += " / " + below[0];
        else if (below.Count > 1)
            text += " / (" + string.Join(" * ", below) + ")";
        return (text, above.Count + below.Count > 1 ? Product : sign == "" ? Primary : Unary);
    }

    private string PowerText(Node node, int halves) => halves switch
    {
        1 => "Math.Sqrt(" + Text(node, Conditional) + ")",
        2 => Text(node, Unary),
        _ => "Math.Pow(" + Text(node, Conditional) + ", " + Number(halves / 2.0) + ")",
    };
}
