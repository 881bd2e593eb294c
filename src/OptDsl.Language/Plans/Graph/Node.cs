using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Plans.Graph;

/// <summary>
/// A value of the rule. Nodes are made by a <see cref="NodeTable"/> only, so that equal values are one object and references
/// compare.
/// </summary>
internal sealed class Node(
    int id, Op op, ImmutableArray<Node> operands, double value, Symbol? symbol, ImmutableArray<int> halves, Cardinality cardinality)
{
    /// <summary>The order of creation: operands come before what uses them.</summary>
    public int Id { get; } = id;

    public Op Op { get; } = op;

    public ImmutableArray<Node> Operands { get; } = operands;

    /// <summary>The value of a constant, or the constant factor of a product.</summary>
    public double Value { get; } = value;

    /// <summary>What a leaf stands for.</summary>
    public Symbol? Symbol { get; } = symbol;

    /// <summary>Of a product, twice the exponent of each operand.</summary>
    public ImmutableArray<int> Halves { get; } = halves;

    public Cardinality Cardinality { get; } = cardinality;

    /// <summary>True for one value a step, a group or a tensor.</summary>
    public bool IsScalar => Cardinality.IsSingle();

    /// <summary>True for one number that is known before the first pass: it depends on the step and on the shape of the tensor alone.</summary>
    public bool IsOfStep { get; } = cardinality == Cardinality.PerStep
        || (cardinality.IsSingle() && op is not (Op.Old or Op.New or Op.Count) && !op.IsReduction() && operands.All(operand => operand.IsOfStep));

    public bool IsConstant => Op == Op.Constant;

    public bool Is(double constant) => Op == Op.Constant && Value == constant;

    /// <summary>Of a sum in normal form: what is added besides the terms.</summary>
    public Node Offset => Operands[0];

    /// <summary>Of a sum in normal form: its terms.</summary>
    public IEnumerable<Term> Terms
    {
        get
        {
            for (var i = 1; i < Operands.Length; i += 2)
                yield return new Term(Operands[i], Operands[i + 1]);
        }
    }
}

/// <summary>A scalar factor times a value.</summary>
internal readonly record struct Term(Node Factor, Node Core);
