namespace OptDsl.Execution;

/// <summary>
/// The processes, called ranks, that share the states and the steps of an optimizer. All of them make the same calls in the same order.
/// </summary>
internal interface IPeers<T>
    where T : unmanaged
{
    /// <summary>Which of the ranks this one is.</summary>
    int Rank { get; }

    /// <summary>How many ranks there are.</summary>
    int Size { get; }

    /// <summary>What the sum of the ranks' gradients is divided by.</summary>
    double Divisor { get; }

    /// <summary>Goes on only where all ranks do the same, and none has failed; otherwise all of them throw.</summary>
    /// <param name="deed">What the rank does.</param>
    /// <param name="failure">Why it cannot; null where it can.</param>
    /// <param name="terms">What must be equal on all ranks.</param>
    /// <param name="wish">What one rank may wish for all.</param>
    /// <returns>True where a rank wishes it.</returns>
    bool Agree(string deed, Exception? failure = null, Terms terms = default, bool wish = false);

    /// <summary>Completes values of which each rank has a part: those from where the rank before it ends to its own end.</summary>
    void Complete<TValue>(Span<TValue> values, ReadOnlySpan<int> ends)
        where TValue : unmanaged;

    /// <summary>Completes many tensors of which each rank has a part.</summary>
    void Complete(ReadOnlySpan<SharedTensor<T>> tensors);

    /// <summary>Writes into each rank's part the sum of what all ranks have there, divided by <see cref="Divisor"/>: in double, in the order of the ranks, rounded once.</summary>
    void Combine(ReadOnlySpan<SharedTensor<T>> tensors);
}

/// <summary>A tensor that is there on every rank.</summary>
/// <param name="Elements">All its elements.</param>
/// <param name="Part">Memory of its own for the rank's part of something made of them.</param>
/// <param name="Ends">Where the part of each rank ends.</param>
internal readonly record struct SharedTensor<T>(Memory<T> Elements, Memory<T> Part, int[] Ends);

/// <summary>What must be equal on all ranks.</summary>
/// <param name="Digest">Equal where the rest is.</param>
/// <param name="Describe">Each thing with what it is, to say what differs.</param>
internal readonly record struct Terms(ulong Digest, Func<IReadOnlyList<KeyValuePair<string, string>>>? Describe);
