namespace OptDsl.Execution;

/// <summary>Makes the rows of a tensor's states anew.</summary>
internal interface IRowMap
{
    /// <summary>Makes rows anew.</summary>
    /// <typeparam name="TRow">What they consist of.</typeparam>
    /// <param name="rows">The rows.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="elements">How many elements of the tensor each of their values is of.</param>
    AlignedArray<TRow> Map<TRow>(AlignedArray<TRow> rows, int count, int elements)
        where TRow : unmanaged;
}
