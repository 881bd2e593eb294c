using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using CodeSpan = Microsoft.CodeAnalysis.Text.TextSpan;

namespace OptDsl.Generators.Lifting;

/// <summary>A step of an optimizer that code makes by hand, read as a rule.</summary>
/// <param name="Model">What it computes.</param>
/// <param name="Map">Where each part of the formulas stands in the code.</param>
/// <param name="Roles">What keeps the parameter, the gradient, the states and the hyper-parameters, by their symbols.</param>
internal sealed record LiftedLoop(RuleModel Model, SourceMap Map, ImmutableArray<Role> Roles)
{
    /// <summary>What is wrong that formulas cannot have.</summary>
    public ImmutableArray<LoopFinding> Findings { get; init; } = [];

    /// <summary>What the code calls those names of the formulas that it does not have, but for underscores around them.</summary>
    public ImmutableDictionary<string, string> NamesInCode { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>States of which only a copy is changed, and where that is.</summary>
    public ImmutableDictionary<string, CodeSpan> LostStates { get; init; } = ImmutableDictionary<string, CodeSpan>.Empty;

    /// <summary>True where the code says that it is a gradient which leads downhill.</summary>
    public bool KnowsDirection { get; init; }

    /// <summary>True where the mathematics can be judged.</summary>
    public bool IsClear { get; init; }

    /// <summary>The assignment of the parameter.</summary>
    public CodeSpan Update { get; init; }

    /// <summary>The call in the method that was asked for, where another method makes that assignment.</summary>
    public CodeSpan? Site { get; init; }

    /// <summary>The assignments that the formulas are made of.</summary>
    public ImmutableArray<CodeSpan> Statements { get; init; } = [];

    /// <summary>The calls of the methods that make them, in the method that was asked for.</summary>
    public ImmutableArray<CodeSpan> Sites { get; init; } = [];

    /// <summary>The calls of methods in other files, for whose code they stand.</summary>
    public ImmutableArray<CodeSpan> ForeignSites { get; init; } = [];

    /// <summary>Where the parameter, the gradient and each state is read or assigned, by their symbols.</summary>
    public ImmutableDictionary<string, ImmutableArray<CodeSpan>> Accesses { get; init; } = ImmutableDictionary<string, ImmutableArray<CodeSpan>>.Empty;

    /// <summary>How many loops run over the elements.</summary>
    public int Depth { get; init; }

    public RuleSource Source => Model.Source;
}

/// <summary>What a symbol of the lifted rule is in the code.</summary>
internal sealed record Role(RoleKind Kind, string Symbol, Place? Place);

internal enum RoleKind
{
    Parameter,
    Gradient,
    State,
    Hyper,
}
