namespace OptDsl.Generators.Formulas.Model;

/// <summary>
/// A name that formulas use. <see cref="Name"/> is the normalised form: <c>β₁</c> is <c>β1</c>, <c>m̂</c> is m and a
/// combining circumflex.
/// </summary>
internal abstract record Symbol(string Name);

/// <summary>A hyper-parameter: one value a step.</summary>
internal sealed record HyperSymbol(string Name, int Index, HyperSource Source) : Symbol(Name);

/// <summary>A tensor (or, for a per-tensor state, one value a tensor) that lives from step to step.</summary>
internal abstract record StoredSymbol(string Name) : Symbol(Name);

internal sealed record ParameterSymbol(string Name) : StoredSymbol(Name);

/// <summary>A state; <see cref="Index"/> is its position in the declaration.</summary>
internal sealed record StateSymbol(string Name, int Index, StateSource Source) : StoredSymbol(Name)
{
    public bool PerTensor => Source.PerTensor;

    /// <summary>True for a state that exists only while a condition holds.</summary>
    public bool IsConditional => Source.When != "";
}

/// <summary>A temporary of one step.</summary>
internal sealed record LocalSymbol(string Name) : Symbol(Name);
