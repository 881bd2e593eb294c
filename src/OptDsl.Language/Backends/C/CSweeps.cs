using System.Collections.Immutable;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Backends.C;

/// <summary>
/// How often a rule must go over its elements: a function of a whole tensor is known after the sweep that can compute its
/// argument. All new values are stored in the last sweep, so that every sweep before finds the old ones.
/// </summary>
internal sealed class CSweeps
{
    private readonly Dictionary<Definition, int> _levels = [];

    public CSweeps(RuleModel model)
    {
        var liveness = new Liveness(model, ExpressionTree.Nodes);
        Live = [.. model.Definitions.Where(liveness.IsLive)];
        foreach (var definition in Live)
            _levels[definition] = LevelOf(definition.Value);
        Totals = [.. Live.SelectMany(definition => definition.Value.Nodes()).OfType<ReduceExpr>().Where(reduce => reduce.Reduction != Op.Count).Distinct()];
        Count = 1 + Live.Where(definition => definition.Target is StoredSymbol stored && model.Final(stored) == definition).Select(definition => _levels[definition]).DefaultIfEmpty(0).Max();
    }

    /// <summary>The definitions that anything depends on.</summary>
    public ImmutableArray<Definition> Live { get; }

    /// <summary>What is summed up, in the order of the formulas.</summary>
    public ImmutableArray<ReduceExpr> Totals { get; }

    /// <summary>The number of sweeps.</summary>
    public int Count { get; }

    /// <summary>The number of sweeps before a definition is known.</summary>
    public int LevelOf(Definition definition) => _levels[definition];

    /// <summary>The sweep that sums up a function of a whole tensor.</summary>
    public int SweepOf(ReduceExpr reduce) => LevelOf(reduce) - 1;

    private int LevelOf(Expr expression) => expression switch
    {
        DefinedExpr defined => _levels[defined.Definition],
        ReduceExpr { Reduction: Op.Count } => 0,
        ReduceExpr reduce => 1 + reduce.Arguments.Max(LevelOf),
        _ => expression.Children().Select(LevelOf).DefaultIfEmpty(0).Max(),
    };
}
