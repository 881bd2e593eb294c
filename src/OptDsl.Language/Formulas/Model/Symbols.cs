namespace OptDsl.Language.Formulas.Model;

/// <summary>
/// A name that formulas use. <see cref="Name"/> is the normalised form: <c>β₁</c> is <c>β1</c>, <c>m̂</c> is m and a
/// combining circumflex.
/// </summary>
internal abstract record Symbol(string Name);

/// <summary>A hyper-parameter: one value a step.</summary>
internal sealed record HyperSymbol(string Name, int Index, HyperSource Source) : Symbol(Name)
{
    /// <summary>Of a schedule's value at another step: the hyper-parameter that has its value at this one.</summary>
    public HyperSymbol? Base { get; init; }

    /// <summary>How many steps later than this one.</summary>
    public int Shift { get; init; }
}

/// <summary>A tensor, or one number for a tensor or a group of them, that lives from step to step.</summary>
internal abstract record StoredSymbol(string Name) : Symbol(Name)
{
    /// <summary>How many values it has.</summary>
    public abstract Cardinality Cardinality { get; }
}

internal sealed record ParameterSymbol(string Name) : StoredSymbol(Name)
{
    public override Cardinality Cardinality => Cardinality.PerElement;
}

/// <summary>A state; <see cref="Index"/> is its position in the declaration.</summary>
internal sealed record StateSymbol(string Name, int Index, StateSource Source) : StoredSymbol(Name)
{
    public override Cardinality Cardinality => Source.Cardinality;

    /// <summary>What it keeps, where it was declared by the symbol of an earlier time; null for a state that statements assign.</summary>
    public PastValue? Past { get; init; }

    /// <summary>True for one number, for a tensor or for a group of them.</summary>
    public bool IsScalar => Cardinality.IsSingle();

    /// <summary>True for a state that exists only while a condition holds.</summary>
    public bool IsConditional => Source.When != "";
}

/// <summary>A value of an earlier step: <c>g_{t-1}</c> is that of g, one step back.</summary>
/// <param name="Name">The name without the time.</param>
/// <param name="Offset">The time relative to the step.</param>
internal sealed record PastValue(string Name, int Offset);

/// <summary>A temporary of one step.</summary>
internal sealed record LocalSymbol(string Name) : Symbol(Name);
