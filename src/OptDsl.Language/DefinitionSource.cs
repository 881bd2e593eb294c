using System.Collections.Immutable;
using OptDsl.Language.Documents;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Diagnostics;

namespace OptDsl.Language;

/// <summary>The way between what a tool declares and what the compiler reads.</summary>
internal static class DefinitionSource
{
    private static readonly (StateExtent Extent, Cardinality Cardinality)[] s_extents =
    [
        (StateExtent.Element, Cardinality.PerElement),
        (StateExtent.Tensor, Cardinality.PerTensor),
        (StateExtent.Group, Cardinality.PerGroup),
        (StateExtent.Row, Cardinality.PerRow),
        (StateExtent.Column, Cardinality.PerColumn),
        (StateExtent.RowsByRows, Cardinality.RowsByRows),
        (StateExtent.ColumnsByColumns, Cardinality.ColumnsByColumns),
        (StateExtent.ColumnsByRows, Cardinality.ColumnsByRows),
    ];

    private static readonly (HyperKind Kind, HyperType Type)[] s_kinds =
    [
        (HyperKind.Number, HyperType.Double),
        (HyperKind.Option, HyperType.Boolean),
        (HyperKind.Schedule, HyperType.Schedule),
    ];

    public static RuleSource Of(RuleDefinition definition) => new(
        definition.IsSchedule ? RuleKind.Schedule : RuleKind.UpdateRule,
        definition.Formulas,
        definition.Parameter,
        definition.Gradient,
        definition.Step,
        definition.Maximize,
        definition.States.Select(Of).ToImmutableArray(),
        definition.Hypers.Select(Of).ToImmutableArray())
    {
        FirstStep = definition.FirstStep,
    };

    /// <summary>A declaration whose formulas, states and hyper-parameters are those of a source; what the source did not change stays as it was declared.</summary>
    public static RuleDefinition With(this RuleDefinition definition, RuleSource source) => definition with
    {
        Formulas = source.Formulas,
        States = [.. source.States.Items.Select(state => definition.States.FirstOrDefault(declared => Of(declared) == state) ?? Definition(state))],
        Hypers = [.. source.Hypers.Items.Select(hyper => definition.Hypers.FirstOrDefault(declared => Of(declared) == hyper) ?? Definition(hyper))],
    };

    public static RemarkPlace Place(TextOrigin origin) => origin switch
    {
        { State: null } => RemarkPlace.Formulas,
        { Argument: "Initial" } => RemarkPlace.Initial,
        { Argument: "When" } => RemarkPlace.When,
        _ => RemarkPlace.Declaration,
    };

    private static StateSource Of(StateDefinition state) =>
        new(state.Symbol, state.Initial, s_extents.First(pair => pair.Extent == state.Extent).Cardinality, state.IsOutput) { When = state.When, Constant = state.IsConstant };

    private static StateDefinition Definition(StateSource state) => new(state.Symbol)
    {
        Initial = state.Initial,
        Extent = s_extents.First(pair => pair.Cardinality == state.Cardinality).Extent,
        When = state.When,
        IsOutput = state.Output,
        IsConstant = state.Constant,
    };

    private static HyperSource Of(HyperDefinition hyper) => new(
        hyper.Symbol,
        hyper.Name ?? (DocumentWords.IsLearningRate(hyper.Symbol) ? DocumentWords.LearningRate : hyper.Symbol),
        s_kinds.First(pair => pair.Kind == hyper.Kind).Type,
        hyper.Min, hyper.Max, hyper.Default);

    private static HyperDefinition Definition(HyperSource hyper) => new(hyper.Symbol)
    {
        Name = hyper.Property,
        Kind = s_kinds.First(pair => pair.Type == hyper.Type).Kind,
        Min = hyper.Min,
        Max = hyper.Max,
        Default = hyper.Default,
    };
}
