namespace OptDsl.Language.Formulas;

/// <summary>All that a rule's or a schedule's model is a function of: texts and names, as declared.</summary>
internal sealed record RuleSource(
    RuleKind Kind,
    string Formulas,
    string Parameter,
    string Gradient,
    string Step,
    bool Maximize,
    EquatableArray<StateSource> States,
    EquatableArray<HyperSource> Hypers)
{
    /// <summary>Longer texts are refused: no rule is, and every stage stays fast.</summary>
    public const int MaximumLength = 20_000;

    /// <summary>What the step's symbol is at the first step: 1, or 0 for algorithms that count from 0.</summary>
    public int FirstStep { get; init; } = 1;

    /// <summary>What else the declaration has, which formulas do not see: for those who wonder why.</summary>
    public EquatableArray<UnseenMember> Unseen { get; init; } = System.Collections.Immutable.ImmutableArray<UnseenMember>.Empty;

    /// <summary>The name of the step as callers count it, from 1: the formulas' where they do so too.</summary>
    public string CountedStep => FirstStep == 1 ? Step : "steps";
}

/// <summary>A member of a declaration that formulas do not see.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Symbol">The symbol that it was meant to have, where an attribute in the wrong place says so.</param>
/// <param name="Advice">What to write, where <c>{0}</c> is the name that the formulas use.</param>
internal sealed record UnseenMember(string Name, string? Symbol, string Advice);

internal enum RuleKind
{
    /// <summary>Tensors and scalars; updates the parameter.</summary>
    UpdateRule,

    /// <summary>Scalars only; the last assignment is the value. Has no parameter, gradient or states.</summary>
    Schedule,
}

internal sealed record StateSource(string Symbol, string Initial, Cardinality Cardinality, bool Output)
{
    /// <summary>What it is, in words.</summary>
    public string Meaning { get; init; } = "";

    /// <summary>True for what no statement assigns, since users give its values.</summary>
    public bool Constant { get; init; }

    /// <summary>The condition while which it exists; empty for always.</summary>
    public string When { get; init; } = "";

    /// <summary>What its values are in memory, which is no part of the algorithm.</summary>
    public StateStorage Storage { get; init; }

    /// <summary>How values are rounded where they are narrower in memory than the elements.</summary>
    public StateRounding Rounding { get; init; }
}

/// <summary>What the values of a state are in memory.</summary>
internal enum StateStorage
{
    Element,
    BFloat16,
    Block8,
}

/// <summary>How a value becomes one that a narrower memory has.</summary>
internal enum StateRounding
{
    Stochastic,
    Nearest,
}

internal sealed record HyperSource(string Symbol, string Property, HyperType Type, double Min, double Max, double? Default)
{
    /// <summary>False for a property that can be set only while the object is made.</summary>
    public bool CanBeSet { get; init; } = true;
}

internal enum HyperType
{
    Double,
    Single,
    Boolean,
    Schedule,
}
