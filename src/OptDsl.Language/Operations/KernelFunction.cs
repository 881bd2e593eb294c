namespace OptDsl.Language.Operations;

/// <summary>What C# kernels call a function.</summary>
/// <param name="Scalar">The function of doubles.</param>
/// <param name="Element">The function of packs of elements: of <c>ElementMath</c>, or where <see cref="IsMember"/> of the pack itself.</param>
internal sealed record KernelFunction(string Scalar, string Element)
{
    /// <summary>True for a static member of packs.</summary>
    public bool IsMember { get; init; }

    /// <summary>True where the widest vectors have it; false for functions that are computed in double or lane by lane.</summary>
    public bool IsWide { get; init; }
}
