using System.Collections.Immutable;

namespace OptDsl.Language.Plans.Graph;

/// <summary>Walks over graphs without recursion: a long text makes a deep graph.</summary>
internal static class Traversal
{
    /// <summary>All nodes below some, themselves included: operands before what uses them, else in the order of use.</summary>
    public static ImmutableArray<Node> InOrder(IEnumerable<Node> roots) => InOrder(roots, node => node.Operands);

    /// <summary>All nodes below some, themselves included: operands before what uses them, else in the order of use.</summary>
    /// <param name="roots">Where to begin.</param>
    /// <param name="operands">Where to go from a node.</param>
    public static ImmutableArray<Node> InOrder(IEnumerable<Node> roots, Func<Node, ImmutableArray<Node>> operands)
    {
        var order = ImmutableArray.CreateBuilder<Node>();
        var seen = new HashSet<Node>();
        var open = new Stack<(Node Node, ImmutableArray<Node> Operands, int Next)>();
        foreach (var root in roots.Where(seen.Add))
        {
            open.Push((root, operands(root), 0));
            while (open.Count > 0)
            {
                var (node, below, next) = open.Pop();
                if (next == below.Length)
                {
                    order.Add(node);
                    continue;
                }

                open.Push((node, below, next + 1));
                if (seen.Add(below[next]))
                    open.Push((below[next], operands(below[next]), 0));
            }
        }

        return order.ToImmutable();
    }
}
