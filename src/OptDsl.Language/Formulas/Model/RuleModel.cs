using System.Collections.Immutable;
using OptDsl.Language.Formulas.Syntax;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Model;

/// <summary>A rule or schedule whose every name is resolved: what lints, interpreter and kernels work on.</summary>
internal sealed class RuleModel(
    RuleSource source,
    ParameterSymbol parameter,
    ImmutableArray<StateSymbol> states,
    ImmutableArray<HyperSymbol> hypers,
    ImmutableArray<Definition> definitions,
    ImmutableArray<Expr> initials)
{
    public RuleSource Source { get; } = source;

    public ParameterSymbol Parameter { get; } = parameter;

    public ImmutableArray<StateSymbol> States { get; } = states;

    public ImmutableArray<HyperSymbol> Hypers { get; } = hypers;

    /// <summary>The values of schedules at other steps; their indices follow those of the hyper-parameters.</summary>
    public ImmutableArray<HyperSymbol> Shifted { get; init; } = [];

    /// <summary>The statements in the order in which they run.</summary>
    public ImmutableArray<Definition> Definitions { get; } = definitions;

    /// <summary>For each state its value before the first step: an expression in the parameter, hyper-parameters and constants.</summary>
    public ImmutableArray<Expr> Initials { get; } = initials;

    /// <summary>For each state the condition while which it exists; null for always. Hyper-parameters and constants only.</summary>
    public ImmutableArray<Expr?> Conditions { get; init; } = [.. states.Select(_ => default(Expr))];

    /// <summary>The statements and choices as they are written, every name apart.</summary>
    public ImmutableArray<ItemSyntax> Statements { get; init; } = [];

    /// <summary>True for a rule that sees its parameter as a matrix.</summary>
    public bool UsesMatrices { get; } =
        states.Any(state => state.Cardinality.IsOfMatrices())
        || definitions.Select(definition => definition.Value).Concat(initials).SelectMany(value => value.Nodes()).Any(node => node is MatrixExpr or DimensionExpr);

    /// <summary>
    /// True for a rule of whole matrices, products, roots, orthogonal factors or square states, that does not look at the number of dimensions: it
    /// says nothing about vectors.
    /// </summary>
    public bool IsForMatrices
    {
        get
        {
            var nodes = Definitions.Select(definition => definition.Value).SelectMany(value => value.Nodes()).ToList();
            return !nodes.Any(node => node is DimensionExpr { Dimension: Op.Rank })
                && (States.Any(state => state.Cardinality.IsSquareOrTransposed()) || nodes.OfType<MatrixExpr>().Any(IsOfWholeMatrices));

            static bool IsOfWholeMatrices(MatrixExpr node) =>
                node.Function is Op.NewtonSchulz or Op.PolarFactor or Op.InverseRoot or Op.Eigenvectors or Op.Orthogonal or Op.Ordering
                || (node.Function == Op.MatrixProduct && node.Arguments[0].Cardinality.Width() != Extent.One);
        }
    }

    /// <summary>The definition whose value a stored symbol has after the step, or null where the step leaves it alone.</summary>
    public Definition? Final(StoredSymbol symbol) => Definitions.LastOrDefault(definition => definition.Target == symbol);

    /// <summary>The value of a schedule.</summary>
    public Definition Result => Definitions[Definitions.Length - 1];
}
