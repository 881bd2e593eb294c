using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks;

/// <summary>Walks over expressions.</summary>
internal static class Expressions
{
    /// <summary>The expression and all its parts; not what the definitions that it reads are made of.</summary>
    public static IEnumerable<Expr> Nodes(Expr expression)
    {
        var pending = new Stack<Expr>();
        pending.Push(expression);
        while (pending.Count > 0)
        {
            var node = pending.Pop();
            yield return node;
            foreach (var child in node.Children())
                pending.Push(child);
        }
    }

    /// <summary>True for what is zero whatever it reads: a literal zero, and products with one.</summary>
    public static bool IsZero(Expr expression) => expression switch
    {
        NumberExpr number => number.Value == 0,
        UnaryExpr { Operator: Op.Negate } negated => IsZero(negated.Operand),
        BinaryExpr { Operator: Op.Multiply } product => IsZero(product.Left) || IsZero(product.Right),
        BinaryExpr { Operator: Op.Divide } quotient => IsZero(quotient.Left),
        BinaryExpr { Operator: Op.Add or Op.Subtract } sum => IsZero(sum.Left) && IsZero(sum.Right),
        _ => false,
    };

    /// <summary>The parts that a value can depend on: not those that are multiplied by a literal zero.</summary>
    public static IEnumerable<Expr> EffectiveNodes(Expr expression)
    {
        var pending = new Stack<Expr>();
        pending.Push(expression);
        while (pending.Count > 0)
        {
            var node = pending.Pop();
            if (IsZero(node))
                continue;
            yield return node;
            foreach (var child in node.Children())
                pending.Push(child);
        }
    }

    public static IEnumerable<Expr> Nodes(RuleModel model) => model.Definitions.SelectMany(definition => Nodes(definition.Value));

    /// <summary>True if the value of the definition is read by name somewhere in the expression.</summary>
    public static bool ReadsDefinition(Expr expression, Definition definition) =>
        Nodes(expression).Any(node => node is DefinedExpr defined && defined.Definition == definition);

    public static bool ReadsOld(Expr expression, StoredSymbol symbol) =>
        Nodes(expression).Any(node => node is OldExpr old && old.Symbol.Equals(symbol));
}

/// <summary>Compares expressions by identity: two that look alike may stand in different places.</summary>
internal sealed class ByIdentity : IEqualityComparer<Expr>
{
    public static ByIdentity Instance { get; } = new();

    public bool Equals(Expr? first, Expr? second) => ReferenceEquals(first, second);

    public int GetHashCode(Expr expression) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(expression);
}
