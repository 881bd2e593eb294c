using System.Globalization;
using System.Text;
using OptDsl.Generators.Formulas.Model;
using OptDsl.Generators.Kernels.Graph;

namespace OptDsl.Generators.Kernels.Algebra;

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
        var text = new StringBuilder();
        var numbers = new Dictionary<Node, int>();
        foreach (var store in graph.Stores.OrderBy(store => store.Symbol!.Name, StringComparer.Ordinal))
        {
            var value = Write(store);
            text.Append(store.Symbol is ParameterSymbol ? "" : store.Symbol!.Name).Append('=').Append(value).Append(';');
        }

        foreach (var store in graph.TensorStores.OrderBy(store => store.Key.Name, StringComparer.Ordinal))
        {
            var value = Write(store.Value);
            text.Append(store.Key.Name).Append('=').Append(value).Append(';');
        }

        foreach (var state in model.States.OrderBy(state => state.Name, StringComparer.Ordinal))
        {
            var initial = GraphBuilder.Build(model.Initials[state.Index], model, table, algebra);
            text.Append(state.Name).Append(state.PerTensor ? " tensor " : " element ").Append(Write(initial)).Append(';');
        }

        return Fnv(text.ToString()).ToString("x16", CultureInfo.InvariantCulture);

        // Every distinct node is written once, under a number; the order is that of first use.
        string Write(Node node)
        {
            if (node.Op == Op.New)
                return Write(node.Operands[0]);
            if (numbers.TryGetValue(node, out var number))
                return Reference(number);
            var operands = node.Operands.Select(Write).ToList();
            numbers.Add(node, number = numbers.Count);
            text.Append(Reference(number)).Append('=').Append(node.Op);
            if (node.Symbol is not null and not ParameterSymbol)
                text.Append(' ').Append(node.Symbol.Name);
            if (node.IsConstant)
                text.Append(' ').Append(BitConverter.DoubleToInt64Bits(node.Value).ToString("x", CultureInfo.InvariantCulture));
            operands.ForEach(operand => text.Append(' ').Append(operand));
            text.Append(';');
            return Reference(number);
        }
    }

    private static string Reference(int number) => "#" + number.ToString(CultureInfo.InvariantCulture);

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
