namespace OptDsl.Language.Operations;

/// <summary>What C# kernels call a function.</summary>
/// <param name="Scalar">The function of doubles.</param>
/// <param name="Element">The function of elements and of vectors of them: of <c>ElementMath</c>, or where <see cref="IsMember"/> of the type itself.</param>
internal sealed record KernelFunction(string Scalar, string Element)
{
    /// <summary>True for a static member of <c>float</c>, <c>double</c> and the classes of vectors.</summary>
    public bool IsMember { get; init; }

    /// <summary>What the class <c>Vector</c> calls the member, where it has another name there.</summary>
    public string? VectorElement { get; init; }

    /// <summary>True where the widest vectors have it; false for functions that are computed in double or lane by lane.</summary>
    public bool IsWide { get; init; }
}
