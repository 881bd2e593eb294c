using System.Globalization;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>
/// Whether a condition holds, given whether some comparisons do. Comparisons are known by what they say: <c>μ ≠ 0</c> holds
/// where <c>μ == 0</c> does not, <c>0 &lt; μ</c> where <c>μ > 0</c> does, and a bool is one that is not 0. Hyper-parameters are
/// never NaN.
/// </summary>
internal sealed class Truth(IReadOnlyDictionary<string, bool> known)
{
    private readonly Dictionary<Definition, bool?> _definitions = [];

    /// <summary>The bound on the comparisons of a condition, all of whose combinations are looked at.</summary>
    public const int MostAtoms = 6;

    /// <summary>The comparisons that a condition is made of.</summary>
    public static IReadOnlyList<string> AtomsOf(Expr condition) => [.. Atoms(condition).Distinct()];

    /// <summary>Every way in which a condition can fail to hold.</summary>
    public static IEnumerable<Truth> Failing(Expr condition)
    {
        var atoms = AtomsOf(condition);
        for (var bits = 0; bits < 1 << atoms.Count; bits++)
        {
            var truth = new Truth(atoms.Select((atom, i) => (atom, holds: ((bits >> i) & 1) != 0)).ToDictionary(pair => pair.atom, pair => pair.holds));
            if (truth.Of(condition) == false)
                yield return truth;
        }
    }

    /// <summary>True or false where the known comparisons decide, else null.</summary>
    public bool? Of(Expr condition)
    {
        if (!condition.Cardinality.IsSingle())
            return null;
        switch (condition)
        {
            case NumberExpr number:
                return number.Value != 0;
            case DefinedExpr { Definition: { Target: LocalSymbol } local }:
                if (!_definitions.TryGetValue(local, out var truth))
                    _definitions.Add(local, truth = Of(local.Value));
                return truth;
            case UnaryExpr { Operator: Op.Not } not:
                return !Of(not.Operand);
            case BinaryExpr { Operator: Op.And } and:
                return Of(and.Left) & Of(and.Right);
            case BinaryExpr { Operator: Op.Or } or:
                return Of(or.Left) | Of(or.Right);
            default:
                var (atom, isTrue) = Atom(condition);
                return known.TryGetValue(atom, out var holds) ? holds == isTrue : null;
        }
    }

    private static IEnumerable<string> Atoms(Expr condition) => condition switch
    {
        UnaryExpr { Operator: Op.Not } not => Atoms(not.Operand),
        BinaryExpr { Operator: Op.And or Op.Or } both => Atoms(both.Left).Concat(Atoms(both.Right)),
        _ => [Atom(condition).Text],
    };

    /// <summary>A comparison in the one form that it has for all ways to write it, and whether it is that or the opposite.</summary>
    private static (string Text, bool IsTrue) Atom(Expr condition)
    {
        if (condition is not BinaryExpr { Operator: >= Op.Less and <= Op.NotEqual } comparison)
            return (Equality(Key(condition), "0"), false);
        var (left, right) = (Key(comparison.Left), Key(comparison.Right));
        return comparison.Operator switch
        {
            Op.Less => ($"{left}<{right}", true),
            Op.GreaterOrEqual => ($"{left}<{right}", false),
            Op.Greater => ($"{right}<{left}", true),
            Op.LessOrEqual => ($"{right}<{left}", false),
            var equality => (Equality(left, right), equality == Op.Equal),
        };
    }

    private static string Equality(string left, string right) =>
        string.CompareOrdinal(left, right) < 0 ? $"{left}={right}" : $"{right}={left}";

    /// <summary>Equal for expressions that are written alike.</summary>
    private static string Key(Expr expression) => expression switch
    {
        NumberExpr number => number.Value.ToString("R", CultureInfo.InvariantCulture),
        HyperExpr hyper => hyper.Symbol.Name,
        DefinedExpr defined => $"#{defined.Definition.Index.ToString(CultureInfo.InvariantCulture)}",
        StepExpr => "#t",
        UnaryExpr unary => $"{unary.Operator}({Key(unary.Operand)})",
        BinaryExpr binary => $"{binary.Operator}({Key(binary.Left)},{Key(binary.Right)})",
        CallExpr call => $"{call.Function}({string.Join(",", call.Arguments.Select(Key))})",
        ConditionalExpr choice => $"?({Key(choice.Condition)},{Key(choice.WhenTrue)},{Key(choice.WhenFalse)})",
        ReduceExpr reduce => $"{(reduce.OverGroup ? "group " : "")}{reduce.Reduction}({string.Join(",", reduce.Arguments.Select(Key))})",
        MatrixExpr matrix => $"{matrix.Function}({string.Join(",", matrix.Arguments.Select(Key))})",
        DimensionExpr dimension => $"#{dimension.Dimension}",
        OldExpr old => $"#old {old.Symbol.Name}",
        _ => "#g",
    };
}
