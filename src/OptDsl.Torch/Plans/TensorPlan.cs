using OptDsl.Language.Formulas.Model;

namespace OptDsl.Torch.Plans;

/// <summary>One step of a rule as operations on tensors, for one way its conditions of the step turn out.</summary>
/// <param name="Nodes">The values, each after its operands; null where fusing left one without a reader.</param>
/// <param name="Roots">What each stored tensor becomes.</param>
internal sealed record TensorPlan(IReadOnlyList<PlanNode?> Nodes, IReadOnlyList<PlanRoot> Roots)
{
    /// <summary>The last node that reads each node; what a stored tensor becomes is read by none after the step, and is kept.</summary>
    public IReadOnlyList<int> LastReaders { get; } = ReadersOf(Nodes, Roots);

    /// <summary>The stored tensors that the step replaces; the others keep their values, and nothing may write over them.</summary>
    public IReadOnlySet<StoredSymbol> Replaced { get; } =
        Roots.Where(root => Nodes[root.Node] is not { Kind: NodeKind.Stored } node || node.Symbol != root.Symbol).Select(root => root.Symbol).ToHashSet();

    private static int[] ReadersOf(IReadOnlyList<PlanNode?> nodes, IReadOnlyList<PlanRoot> roots)
    {
        var readers = new int[nodes.Count];
        for (var i = 0; i < nodes.Count; i++)
        {
            foreach (var operand in nodes[i]?.Operands ?? [])
                readers[operand] = i;
        }

        foreach (var root in roots)
            readers[root.Node] = int.MaxValue;
        return readers;
    }
}

/// <param name="Symbol">The parameter or a state.</param>
/// <param name="Node">Its value after the step.</param>
internal sealed record PlanRoot(StoredSymbol Symbol, int Node);
