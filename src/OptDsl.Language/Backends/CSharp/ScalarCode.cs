using System.Collections.Immutable;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>Statements that compute scalar nodes, each common part once.</summary>
internal static class ScalarCode
{
    /// <summary>Writes statements that assign nodes to targets.</summary>
    /// <param name="writer">Receives the statements.</param>
    /// <param name="names">Where names of common parts come from.</param>
    /// <param name="assignments">The targets and their nodes, in order.</param>
    /// <param name="leaf">The text of a node that is there already, or null.</param>
    /// <param name="name">The name that a node should have, or null.</param>
    /// <param name="comment">What to say after an assignment of a node by a text.</param>
    public static void Write(
        CodeWriter writer,
        Names names,
        IReadOnlyList<(string Target, Node Node)> assignments,
        Func<Node, string?> leaf,
        Func<Node, string?> name,
        Func<Node, string, string> comment)
    {
        var locals = new Dictionary<Node, string>();
        string? Known(Node node) => locals.TryGetValue(node, out var local) ? local : leaf(node);
        var text = new ScalarText(Known);

        var roots = assignments.Select(assignment => assignment.Node).ToList();
        var uses = Traversal.InOrder(roots, Parts).SelectMany(node => Parts(node)).Concat(roots).GroupBy(node => node).ToDictionary(group => group.Key, group => group.Count());
        foreach (var (target, node) in assignments)
        {
            foreach (var part in Traversal.InOrder(Parts(node), Parts).Where(part => !part.IsConstant && Known(part) is null))
                Declare(part);
            var value = text.Of(node);
            writer.Line(target + " = " + value + ";" + comment(node, value));
            if (uses[node] > 1 && leaf(node) is null && !node.IsConstant)
                locals[node] = target.StartsWith("var ", StringComparison.Ordinal) ? target.Substring(4) : target;
        }

        // What is there already needs no parts.
        ImmutableArray<Node> Parts(Node node) => Known(node) is null ? node.Operands : [];

        void Declare(Node node)
        {
            if (name(node) is null && (uses[node] <= 1 || IsCheap(node)))
                return;
            var local = name(node) is { } known && !locals.ContainsValue(known) ? known : names.Unique(name(node) ?? "x");
            writer.Line("var " + local + " = " + text.Of(node) + ";");
            locals[node] = local;
        }
    }

    // 1 - x reads better where it stands.
    private static bool IsCheap(Node node) =>
        node.Op is Op.Linear or Op.Product or Op.Negate && node.Operands.All(operand => operand.Operands.IsEmpty) && node.Operands.Length <= 3
        && node.Halves.IsDefault;
}
