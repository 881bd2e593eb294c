using System.Collections.Immutable;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Plans;

/// <summary>Orders the computation of scalars, each common part once.</summary>
internal sealed class ScalarBlockPlanner
{
    private readonly Func<Node, bool> _isGiven;
    private readonly Func<Node, string?> _name;
    private readonly Dictionary<Node, int> _uses;
    private readonly HashSet<Node> _held = [];
    private readonly ImmutableArray<ScalarStatement>.Builder _statements = ImmutableArray.CreateBuilder<ScalarStatement>();

    private ScalarBlockPlanner(IReadOnlyList<Node> roots, Func<Node, bool> isGiven, Func<Node, string?> name)
    {
        (_isGiven, _name) = (isGiven, name);
        _uses = Traversal.InOrder(roots, Parts).SelectMany(node => Parts(node)).Concat(roots).GroupBy(node => node).ToDictionary(group => group.Key, group => group.Count());
    }

    /// <summary>A block that gives targets their values.</summary>
    /// <param name="targets">The targets, in order: each takes a value and makes the statement; true where others use it.</param>
    /// <param name="isGiven">True for a value that is there before.</param>
    /// <param name="name">What the formulas call a value, or null.</param>
    public static ScalarBlock Plan(IReadOnlyList<(Node Value, Func<bool, ScalarStatement> Statement)> targets, Func<Node, bool> isGiven, Func<Node, string?> name)
    {
        var roots = targets.Select(target => target.Value).ToList();
        var given = Traversal.InOrder(roots, node => isGiven(node) ? [] : node.Operands).Where(isGiven).ToImmutableArray();
        var planner = new ScalarBlockPlanner(roots, isGiven, name);
        foreach (var (value, statement) in targets)
            planner.Add(value, statement);
        return new ScalarBlock(given, planner._statements.ToImmutable());
    }

    private void Add(Node value, Func<bool, ScalarStatement> statement)
    {
        foreach (var part in Traversal.InOrder(Parts(value), Parts).Where(part => !part.IsConstant && !IsKnown(part)))
            Declare(part);
        var isUsed = _uses[value] > 1 && !_isGiven(value) && !value.IsConstant && _held.Add(value);
        _statements.Add(statement(isUsed));
    }

    private bool IsKnown(Node node) => _held.Contains(node) || _isGiven(node);

    // What is there already needs no parts.
    private ImmutableArray<Node> Parts(Node node) => IsKnown(node) ? [] : node.Operands;

    private void Declare(Node node)
    {
        if (_name(node) is null && (_uses[node] <= 1 || IsCheap(node)))
            return;
        _statements.Add(new LetStatement(new Variable(_name(node) ?? ""), node, IsUsed: true));
        _held.Add(node);
    }

    // 1 - x reads better where it stands.
    private static bool IsCheap(Node node) =>
        node.Op is Op.Linear or Op.Product or Op.Negate && node.Operands.All(operand => operand.Operands.IsEmpty) && node.Operands.Length <= 3
        && node.Halves.IsDefault;
}
