using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Plans.Algebra;

/// <summary>The ranges of scalars, each worked out once.</summary>
internal sealed class Ranges
{
    private readonly Dictionary<Node, Range> _known = [];

    public Range Of(Node node)
    {
        if (_known.TryGetValue(node, out var range))
            return range;
        foreach (var part in Traversal.InOrder([node], part => _known.ContainsKey(part) || !part.IsScalar || part.Op.IsReduction() ? [] : part.Operands))
        {
            if (!_known.ContainsKey(part))
                _known.Add(part, part.IsScalar ? Range.Of(part, operand => _known[operand]) : Range.All);
        }

        return _known[node];
    }
}
