using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.CodeFixes.Loops;

/// <summary>Writes an expression of a model as C# in the plain style that loops have.</summary>
/// <param name="verbatim">The code that an expression stands for as it is; null where it has to be written.</param>
/// <param name="isSingle">True for code that computes in <c>float</c>.</param>
internal sealed class CodeExpression(Func<Expr, string?> verbatim, bool isSingle)
{
    private const int Choice = 0;
    private const int Or = 1;
    private const int And = 2;
    private const int Equality = 3;
    private const int Comparison = 4;
    private const int Sum = 5;
    private const int Product = 6;
    private const int Sign = 7;
    private const int Atom = 8;
    private readonly string _functions = isSingle ? "MathF" : "Math";

    /// <summary>The expression as it stands between the operators of this precedence or a looser one.</summary>
    public string? Write(Expr expression) => Write(expression, Choice);

    /// <summary>The expression as a factor.</summary>
    public string? WriteFactor(Expr expression) => Write(expression, Sign);

    private string? Write(Expr expression, int level)
    {
        var (text, own) = verbatim(expression) is { } known ? (known, LevelOf(SyntaxFactory.ParseExpression(known))) : Bare(expression);
        return text is null ? null : own < level ? $"({text})" : text;
    }

    private static int LevelOf(ExpressionSyntax code) => code.Kind() switch
    {
        SyntaxKind.AddExpression or SyntaxKind.SubtractExpression => Sum,
        SyntaxKind.MultiplyExpression or SyntaxKind.DivideExpression => Product,
        SyntaxKind.CastExpression or SyntaxKind.UnaryMinusExpression or SyntaxKind.UnaryPlusExpression or SyntaxKind.LogicalNotExpression => Sign,
        _ => code is BinaryExpressionSyntax or ConditionalExpressionSyntax ? Choice : Atom,
    };

    private (string? Text, int Level) Bare(Expr expression) => expression switch
    {
        NumberExpr number => (Number(number.Value), number.Value < 0 ? Sign : Atom),
        UnaryExpr { Operator: Op.Negate } negation => (Join("-", negation.Operand, Sign), Sign),
        UnaryExpr { Operator: Op.Not } not => (Join("!", not.Operand, Sign), Sign),
        BinaryExpr { Operator: Op.Power, Right: NumberExpr { Value: 2 } } square when Write(square.Left, Product) is { } factor && verbatim(square.Left) is not null => ($"{factor} * {factor}", Product),
        BinaryExpr { Operator: Op.Power } power => (Call("Pow", power.Left, power.Right), Atom),
        BinaryExpr binary => Infix(binary),
        ConditionalExpr choice => (Write(choice.Condition, Or) is { } condition && Write(choice.WhenTrue, Or) is { } first && Write(choice.WhenFalse, Or) is { } second ? $"{condition} ? {first} : {second}" : null, Choice),
        CallExpr { Function: Op.Min or Op.Max, Arguments.Length: > 2 } several => (several.Arguments.Skip(1).Aggregate(
            Write(several.Arguments[0]), (text, argument) => text is not null && Write(argument) is { } next ? $"{_functions}.{several.Function}({text}, {next})" : null), Atom),
        // A sign is a whole number, and so would be its quotient with another.
        CallExpr { Function: Op.Sign } sign => (Call("Sign", [.. sign.Arguments]) is { } whole ? $"({(isSingle ? "float" : "double")}){whole}" : null, Sign),
        CallExpr { Function: Op.Sqrt or Op.Cbrt or Op.Abs or Op.Exp or Op.Sin or Op.Cos or Op.Tanh or Op.Floor or Op.Atan2 or Op.Min or Op.Max } call => (Call(call.Function.ToString(), [.. call.Arguments]), Atom),
        CallExpr { Function: Op.Ln } logarithm => (Call("Log", [.. logarithm.Arguments]), Atom),
        _ => (null, Atom),
    };

    private (string? Text, int Level) Infix(BinaryExpr binary)
    {
        var (sign, level, right) = binary.Operator switch
        {
            Op.Add => ("+", Sum, Product),
            Op.Subtract => ("-", Sum, Product),
            Op.Multiply => ("*", Product, Sign),
            Op.Divide => ("/", Product, Sign),
            Op.Less => ("<", Comparison, Sum),
            Op.LessOrEqual => ("<=", Comparison, Sum),
            Op.Greater => (">", Comparison, Sum),
            Op.GreaterOrEqual => (">=", Comparison, Sum),
            Op.Equal => ("==", Equality, Comparison),
            Op.NotEqual => ("!=", Equality, Comparison),
            Op.And => ("&&", And, Equality),
            _ => ("||", Or, And),
        };
        return (Write(binary.Left, level) is { } first && Write(binary.Right, right) is { } second ? $"{first} {sign} {second}" : null, level);
    }

    private string? Join(string sign, Expr operand, int level) => Write(operand, level) is { } text ? sign + text : null;

    private string? Call(string function, params Expr[] arguments)
    {
        string?[] texts = [.. arguments.Select(argument => Write(argument))];
        return texts.Contains(null) ? null : $"{_functions}.{function}({string.Join(", ", texts)})";
    }

    private string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture).Replace("E-0", "e-").Replace("E", "e") + (isSingle ? "f" : value == Math.Floor(value) && Math.Abs(value) > int.MaxValue ? "d" : "");
}
