using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Torch.Plans;

/// <summary>Joins sums with the products and quotients that only they read, as torch has one operation for both.</summary>
internal static class Fusion
{
    /// <summary>The plan of some nodes, with those left out that nothing reads.</summary>
    public static TensorPlan Apply(IReadOnlyList<PlanNode> nodes, IReadOnlyList<PlanRoot> roots)
    {
        PlanNode?[] result = [.. nodes];
        var readers = CountReaders(result, roots);
        for (var i = result.Length - 1; i >= 0; i--)
        {
            if (readers[i] > 0 && result[i] is { Kind: NodeKind.Elements, PerElement: true, Operation: Op.Add or Op.Subtract } sum
                && Fuse(result, readers, sum) is { } fused)
            {
                result[i] = fused;
                readers = CountReaders(result, roots);
            }
        }

        for (var i = 0; i < result.Length; i++)
        {
            if (readers[i] == 0)
                result[i] = null;
        }

        return new TensorPlan(result, roots);
    }

    private static PlanNode? Fuse(PlanNode?[] nodes, int[] readers, PlanNode sum)
    {
        var subtracts = sum.Operation == Op.Subtract;
        return FuseTerm(nodes, readers, sum.First, sum.Second, subtracts)
            ?? (subtracts ? null : FuseTerm(nodes, readers, sum.Second, sum.First, subtracts: false));
    }

    private static PlanNode? FuseTerm(PlanNode?[] nodes, int[] readers, int start, int term, bool subtracts)
    {
        if (!IsTensor(start) || !IsTensor(term) || start == term || readers[term] != 1)
            return null;
        var (factor, rest) = ScaledPart(nodes, term);
        if (rest is null)
            return null;
        var node = factor is null ? nodes[term]! : nodes[rest.Value]!;
        if ((factor is null || readers[rest.Value] == 1) && node is { Kind: NodeKind.Elements, Operation: Op.Multiply or Op.Divide }
            && IsTensor(node.First) && IsTensor(node.Second))
        {
            return new PlanNode(node.Operation == Op.Multiply ? NodeKind.AddProduct : NodeKind.AddQuotient, Op.Add, start, node.First, node.Second)
            {
                Scalar = factor,
                Subtracts = subtracts,
                PerElement = true,
            };
        }

        return factor is null
            ? null
            : new PlanNode(NodeKind.AddScaled, Op.Add, start, rest.Value) { Scalar = factor, Subtracts = subtracts, PerElement = true };

        bool IsTensor(int node) => nodes[node]!.PerElement;
    }

    /// <summary>A tensor taken apart into a number of the step and the tensor that it multiplies.</summary>
    private static (Expr? Factor, int? Tensor) ScaledPart(PlanNode?[] nodes, int number)
    {
        if (nodes[number] is not { Kind: NodeKind.Elements, Operation: Op.Multiply } product)
            return (null, number);
        if (nodes[product.First] is { Kind: NodeKind.Step } first)
            return (first.Scalar, product.Second);
        return nodes[product.Second] is { Kind: NodeKind.Step } second ? (second.Scalar, product.First) : (null, number);
    }

    private static int[] CountReaders(PlanNode?[] nodes, IReadOnlyList<PlanRoot> roots)
    {
        var readers = new int[nodes.Length];
        foreach (var root in roots)
            readers[root.Node]++;
        for (var i = nodes.Length - 1; i >= 0; i--)
        {
            if (readers[i] == 0)
                continue;
            foreach (var operand in nodes[i]!.Operands)
                readers[operand]++;
        }

        return readers;
    }
}
