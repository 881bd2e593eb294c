using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans;
using OptDsl.Language.Plans.Graph;
using static OptDsl.Language.Backends.CSharp.RuntimeContract;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>Writes the method that computes, between the passes, what is one value a tensor or a group.</summary>
internal sealed class BeforePassEmitter(CodeWriter writer, RuleLayout file)
{
    private readonly Dictionary<StoredSymbol, string> _oldNames = file.Plan.NumberStates.ToDictionary(
        state => state.Symbol!, state => file.Names.Taken.Unique(file.Names.Of(state.Name).TrimStart('@') + "Old"));

    public void Write()
    {
        writer.Line("/// <summary>Computes what is the same for all elements of a tensor, as far as the passes before allow.</summary>");
        writer.Header(
            "public static void BeforePass",
            [
                "int pass", "double count", "double groupCount", "ReadOnlySpan<double> totals", "Span<double> scalars",
                "Span<double> tensorStates", "Span<double> groupStates",
            ],
            []);
        using (writer.Block())
        using (writer.Block("switch (pass)"))
        {
            foreach (var pass in file.Plan.Passes)
            {
                if (pass.Before is { } before)
                    WriteCase(pass.Index, before, pass.BeforeWhen.IsAlways ? "" : $" when {file.ConditionText(pass.BeforeWhen, "scalars")}");
            }

            if (file.Plan.AtEnd is { } end)
                WriteCase(file.Plan.Passes.Length, end, "");
        }
    }

    private void WriteCase(int pass, ScalarBlock block, string condition)
    {
        writer.Line($"case {CSharp.Int(pass)}{condition}:");
        using (writer.Block())
        {
            var taken = new HashSet<string>();
            foreach (var node in block.Given)
            {
                if (Source(node) is { } source && taken.Add(Given(node)!))
                    writer.Line($"var {Given(node)} = {source};{Comment(node)}");
            }

            var variables = new VariableNames(file.Names, taken);
            new ScalarBlockEmitter(writer, block, Given, variables).Write();
            foreach (var store in block.Stores)
                writer.Line($"{file.NumberState(store.Key)} = {variables.Of(store.Value)};");
            writer.Line("break;");
        }
    }

    /// <summary>The name of a value that is there before the case.</summary>
    private string? Given(Node node) => node switch
    {
        { Op: Op.Count, Cardinality: Cardinality.PerGroup } => "groupCount",
        { Op: Op.Count } => "count",
        { Op: Op.Old, Symbol: StoredSymbol state } => _oldNames[state],
        _ when Reduction(node) is { } reduction => "total" + CSharp.Int(reduction.Index + 1),
        { IsOfStep: true } => file.Plan.Scalars.Of(node) is { } scalar ? file.Names.Of(scalar.Name) : null,
        _ => null,
    };

    /// <summary>Where it is taken from, unless it is an argument.</summary>
    private string? Source(Node node) => node switch
    {
        { Op: Op.Count } => null,
        { Op: Op.Old, Symbol: StoredSymbol state } => file.NumberState(file.Plan.Of(state)),
        _ when Reduction(node) is { } reduction => reduction.IsNorm ? $"{BlockNorm.Root}(totals[{CSharp.Int(reduction.Index)}])" : $"totals[{CSharp.Int(reduction.Index)}]",
        _ => ScalarBlockEmitter.Scalar(file.Plan.Scalars.Of(node)!),
    };

    private string Comment(Node node) => Reduction(node) is { } reduction ? " // of " + reduction.Formula : "";

    private ReductionPlan? Reduction(Node node) => node.Op.IsReduction() ? file.Plan.Reductions.First(reduction => reduction.Node == node) : null;
}
