using OptDsl.Execution;

namespace OptDsl.Mpi.Messages;

/// <summary>The parts of many tensors that each rank has, as one run of elements a rank, which travels in buckets: small tensors go together.</summary>
internal ref struct FlatShares<T>(ReadOnlySpan<SharedTensor<T>> tensors, int ranks)
    where T : unmanaged
{
    private readonly ReadOnlySpan<SharedTensor<T>> _tensors = tensors;
    private readonly (int Tensor, int Done)[] _places = new (int, int)[ranks];

    /// <summary>The number of elements of the longest run.</summary>
    public readonly long Longest
    {
        get
        {
            var longest = 0L;
            for (var rank = 0; rank < _places.Length; rank++)
                longest = Math.Max(longest, LengthOf(rank));
            return longest;
        }
    }

    /// <summary>The number of elements of a rank's run.</summary>
    public readonly long LengthOf(int rank)
    {
        var length = 0L;
        foreach (var tensor in _tensors)
            length += tensor.Ends[rank] - StartOf(tensor, rank);
        return length;
    }

    /// <summary>Takes the next piece of a rank's run that lies in one tensor.</summary>
    /// <param name="rank">The rank.</param>
    /// <param name="most">The largest number of elements.</param>
    /// <param name="tensor">The tensor.</param>
    /// <param name="start">The piece's first element in the tensor.</param>
    /// <param name="length">Its length.</param>
    /// <returns>False at the end.</returns>
    public readonly bool Take(int rank, int most, out SharedTensor<T> tensor, out int start, out int length)
    {
        ref var place = ref _places[rank];
        while (place.Tensor < _tensors.Length && StartOf(_tensors[place.Tensor], rank) + place.Done >= _tensors[place.Tensor].Ends[rank])
            place = (place.Tensor + 1, 0);
        (tensor, start, length) = (default, 0, 0);
        if (place.Tensor == _tensors.Length || most == 0)
            return false;
        tensor = _tensors[place.Tensor];
        start = StartOf(tensor, rank) + place.Done;
        length = Math.Min(most, tensor.Ends[rank] - start);
        place.Done += length;
        return true;
    }

    /// <summary>Copies the next elements of a rank's run.</summary>
    /// <returns>How many there were.</returns>
    public readonly int Pack(int rank, Span<T> destination)
    {
        var packed = 0;
        while (Take(rank, destination.Length - packed, out var tensor, out var start, out var length))
        {
            tensor.Elements.Span.Slice(start, length).CopyTo(destination[packed..]);
            packed += length;
        }

        return packed;
    }

    /// <summary>Puts the next elements of a rank's run in their places.</summary>
    public readonly void Unpack(int rank, ReadOnlySpan<T> source)
    {
        while (Take(rank, source.Length, out var tensor, out var start, out var length))
        {
            source[..length].CopyTo(tensor.Elements.Span[start..]);
            source = source[length..];
        }
    }

    private static int StartOf(in SharedTensor<T> tensor, int rank) => rank == 0 ? 0 : tensor.Ends[rank - 1];
}
