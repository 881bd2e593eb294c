using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>Writes the method that computes, between the passes, what is one value a tensor or a group.</summary>
internal sealed class BeforePassEmitter(CodeWriter writer, RuleLayout file)
{
    private readonly Dictionary<StateSymbol, string> _oldNames =
        file.ScalarStates.ToDictionary(state => state, state => file.Names.Taken.Unique(file.Names.Of(state).TrimStart('@') + "Old"));

    private RuleNames Names => file.Names;

    public void Write()
    {
        writer.Line("/// <summary>Computes what is the same for all elements of a tensor, as far as the passes before allow.</summary>");
        writer.Header(
            "public static void BeforePass",
            [
                "int pass", "long count", "long groupCount", "ReadOnlySpan<double> totals", "Span<double> scalars",
                "Span<double> tensorStates", "Span<double> groupStates",
            ],
            []);
        using (writer.Block())
        using (writer.Block("switch (pass)"))
        {
            for (var pass = 0; pass < file.Plan.Passes.Length; pass++)
            {
                if (file.TensorScalars(pass).Any())
                    WriteCase(pass, [.. file.TensorScalars(pass).Select(slot => (slot.Target, slot.Node))], condition: file.TensorScalarsCondition(pass, "scalars"));
            }

            if (!file.Plan.Graph.ScalarStores.IsEmpty)
            {
                // Old values are read before any new one is written.
                var stores = file.Plan.Graph.ScalarStores.Select(store => (Names.Taken.Unique(Names.Of(store.Key) + "New"), store)).ToList();
                WriteCase(
                    file.Plan.Passes.Length,
                    [.. stores.Select(item => ("var " + item.Item1, item.store.Value))],
                    stores.Select(item => $"{file.ScalarState(item.store.Key)} = {item.Item1};"));
            }
        }
    }

    private void WriteCase(int pass, IReadOnlyList<(string, Node Node)> assignments, IEnumerable<string>? end = null, string? condition = null)
    {
        writer.Line("case " + CSharp.Int(pass) + (condition is null ? ":" : $" when {condition}:"));
        using (writer.Block())
        {
            var taken = new HashSet<string>();
            foreach (var node in Traversal.InOrder(assignments.Select(assignment => assignment.Node), node => Given(node) is null ? node.Operands : []))
            {
                if (Given(node) is { Source: { } source } given && taken.Add(given.Name))
                    writer.Line($"var {given.Name} = {source};{given.Comment}");
            }

            ScalarCode.Write(
                writer, Names.Taken, assignments, node => Given(node)?.Name,
                node => Names.DefinitionName(node) is { } name && !taken.Contains(name) ? name : null, Names.SlotComment);
            writer.Lines(end ?? []);
            writer.Line("break;");
        }
    }

    /// <summary>What is there before the case: its name, and where it is taken from unless it is an argument.</summary>
    private (string Name, string? Source, string Comment)? Given(Node node) => node switch
    {
        { Op: Op.Count, Shape: Shape.PerGroup } => ("groupCount", null, ""),
        { Op: Op.Count } => ("count", null, ""),
        { Op: Op.Old, Symbol: StateSymbol state } => (_oldNames[state], file.ScalarState(state), ""),
        _ when node.Op.IsReduction() => Total(node, file.Plan.Reductions.IndexOf(node)),
        { Shape: Shape.PerStep } => Names.SlotOf(node) is { } slot ? (slot.Name, slot.Target, "") : null,
        _ => null,
    };

    private (string, string?, string) Total(Node reduction, int index) =>
        ("total" + CSharp.Int(index + 1), "totals[" + CSharp.Int(index) + "]", " // of " + file.ReductionText(reduction));
}
