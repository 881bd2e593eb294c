using System.Collections.Immutable;
using System.Globalization;
using OptDsl.Language.Formulas;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;
using OptDsl.Language.Plans.Scheduling;

namespace OptDsl.Language.Plans;

/// <summary>Where what is computed on the way is kept: memory that is not needed any more takes what comes later.</summary>
internal sealed class ScratchLayout
{
    private readonly ScalarLayout _scalars;
    private readonly Dictionary<Node, TensorPlan> _tensors = [];
    private readonly List<(Cardinality Shape, int FreeAfter)> _memory = [];
    private readonly HashSet<string> _names;

    /// <param name="rule">The passes.</param>
    /// <param name="scalars">The names of values.</param>
    /// <param name="names">The names of what has memory already.</param>
    public ScratchLayout(ScheduledRule rule, ScalarLayout scalars, IEnumerable<string> names)
    {
        _scalars = scalars;
        _names = [.. names, .. scalars.All.Select(scalar => scalar.Name)];
        foreach (var pass in rule.Passes)
        {
            foreach (var node in pass.Keeps.Concat(pass.Reductions.Where(node => node.Op.IsAlongAxis())).Concat(pass.Operation is { } operation ? [operation] : []))
            {
                var last = rule.Passes.Where(later => later.Index > pass.Index && later.ElementNodes().Contains(node)).Select(later => later.Index).DefaultIfEmpty(pass.Index).Max();
                _tensors.Add(node, new TensorPlan(NameOf(node), null, node.Cardinality, ElementType.OfTensor) { Scratch = Take(node.Cardinality, pass.Index, last) });
            }
        }
    }

    /// <summary>What is kept, in the order in which it is computed.</summary>
    public ImmutableArray<TensorPlan> Tensors => [.. _tensors.Values];

    /// <summary>The shapes that there is memory for.</summary>
    public ImmutableArray<Cardinality> Shapes => [.. _memory.Select(memory => memory.Shape)];

    /// <summary>Where a value is kept, or null.</summary>
    public TensorPlan? Of(Node node) => _tensors.TryGetValue(node, out var tensor) ? tensor : null;

    private int Take(Cardinality shape, int pass, int last)
    {
        var at = _memory.FindIndex(memory => memory.FreeAfter < pass && AreAsLarge(memory.Shape, shape));
        if (at < 0)
        {
            at = _memory.Count;
            _memory.Add((shape, last));
        }

        _memory[at] = (_memory[at].Shape, last);
        return at;
    }

    private static bool AreAsLarge(Cardinality first, Cardinality second) => first == second || first == second.Transposed();

    private string NameOf(Node node)
    {
        var name = _scalars.DefinitionName(node) ?? node.Op switch
        {
            Op.RowSum => "rowSum",
            Op.RowNorm => "rowNorm",
            Op.RowMax => "rowMax",
            Op.ColumnSum => "columnSum",
            Op.ColumnNorm => "columnNorm",
            Op.ColumnMax => "columnMax",
            Op.MatrixProduct => "product",
            Op.Transpose => "transposed",
            Op.Identity => "identity",
            Op.Diagonal => "diagonal",
            Op.PolarFactor or Op.NewtonSchulz => "factor",
            Op.InverseRoot => "root",
            Op.Eigenvectors => "vectors",
            Op.Orthogonal => "basis",
            Op.Ordering => "ordering",
            Op.Old => node.Symbol!.Name + "Old",
            Op.Gradient => "gradients",
            _ => "kept",
        };
        if (_names.Add(name))
            return name;
        for (var number = 2; ; number++)
        {
            var numbered = name + number.ToString(CultureInfo.InvariantCulture);
            if (_names.Add(numbered))
                return numbered;
        }
    }
}
