using System.Globalization;
using System.Text;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Plans.Algebra;

/// <summary>
/// The identity of an algorithm: equal for rules that do the same operations on the same parameter, gradient, states and
/// hyper-parameters, however they are written down and whatever the locals and properties are called.
/// </summary>
internal static class ModelHash
{
    public static string Of(RuleModel model)
    {
        var table = new NodeTable();
        var algebra = new WrittenAlgebra(table);
        var graph = GraphBuilder.Build(model, table, algebra);
        var roots = graph.Stores.OrderBy(store => store.Symbol!.Name, StringComparer.Ordinal).Select(store => (Symbol: store.Symbol!, Value: store))
            .Concat(graph.ScalarStores.OrderBy(store => store.Key.Name, StringComparer.Ordinal).Select(store => (Symbol: (Symbol)store.Key, store.Value)))
            .Concat(model.States.OrderBy(state => state.Name, StringComparer.Ordinal).Select(
                state => (Symbol: (Symbol)state, Value: GraphBuilder.Build(model.Initials[state.Index], model, table, algebra))))
            .ToList();
        var conditions = model.States.Where(state => state.IsConditional).OrderBy(state => state.Name, StringComparer.Ordinal)
            .Select(state => (state.Name, Value: GraphBuilder.Build(model.Conditions[state.Index]!, model, table, algebra)))
            .ToList();

        // Every distinct value is written once, under a number; the order is that of use.
        var text = new StringBuilder();
        var numbers = new Dictionary<Node, int>();
        var next = 0;
        foreach (var node in Traversal.InOrder(roots.Select(root => root.Value).Concat(conditions.Select(condition => condition.Value))))
        {
            if (node.Op == Op.New)
            {
                numbers.Add(node, numbers[node.Operands[0]]);
                continue;
            }

            numbers.Add(node, next++);
            text.Append(node.Op);
            if (node.Shape == Shape.PerGroup && (node.Op == Op.Count || node.Op.IsReduction()))
                text.Append(" group");
            if (node.Symbol is not null and not ParameterSymbol)
                text.Append(' ').Append(node.Symbol.Name);
            if (node.IsConstant)
                text.Append(' ').Append(BitConverter.DoubleToInt64Bits(node.Value).ToString("x", CultureInfo.InvariantCulture));
            foreach (var operand in node.Operands)
                text.Append(' ').Append(numbers[operand].ToString(CultureInfo.InvariantCulture));
            text.Append('\n');
        }

        foreach (var (symbol, value) in roots)
        {
            text.Append(symbol is ParameterSymbol ? "" : symbol.Name).Append(symbol is not StoredSymbol { Shape: not Shape.PerElement } stored ? " element " : stored.Shape == Shape.PerGroup ? " group " : " tensor ")
                .Append(numbers[value].ToString(CultureInfo.InvariantCulture)).Append('\n');
        }

        foreach (var (name, value) in conditions)
            text.Append(name).Append(" when ").Append(numbers[value].ToString(CultureInfo.InvariantCulture)).Append('\n');

        return Fnv(text.ToString()).ToString("x16", CultureInfo.InvariantCulture);
    }

    // FNV-1a over UTF-16 code units.
    private static ulong Fnv(string text)
    {
        unchecked
        {
            var hash = 14695981039346656037UL;
            foreach (var c in text)
            {
                hash = (hash ^ (byte)c) * 1099511628211UL;
                hash = (hash ^ (byte)(c >> 8)) * 1099511628211UL;
            }

            return hash;
        }
    }
}
