using System.Numerics;
using OptDsl.Kernels;

namespace OptDsl.Execution;

/// <summary>
/// Which part of each tensor each rank has: the tensors one after the other, cut into as many equal runs as there are ranks, at the
/// nearest multiples of a chunk. A cut lies between two chunks, so that what a rank reduces over a chunk is what one process would, and between two
/// blocks of states that have a scale in common.
/// </summary>
internal sealed class ShareMap<T>
    where T : unmanaged
{
    // A rank has so many chunks or more, where the tensors are large enough: shares differ by less than one of them.
    private const int ChunksOfARank = 64;

    private readonly Dictionary<Slot<T>, (int[] Ends, bool ByRows)> _parts = [];

    /// <param name="groups">The parameters.</param>
    /// <param name="ranks">The number of ranks.</param>
    /// <param name="chunkLength">The largest number of elements of a chunk.</param>
    /// <param name="clipping">The clipping of groups without their own.</param>
    /// <param name="sharesResting">True where frozen parameters have something to share too.</param>
    public ShareMap(IEnumerable<ParameterGroup<T>> groups, int ranks, int chunkLength, GradientClipping clipping, bool sharesResting)
    {
        var slots = groups.SelectMany(group => group.Slots).ToList();
        var weights = slots.ConvertAll(slot => slot.Frozen && !sharesResting ? 0 : slot.Parameter.Length);
        var total = weights.Sum(weight => (long)weight);
        ChunkLength = Math.Clamp(1 << BitOperations.Log2((uint)Math.Clamp(total / (ranks * ChunksOfARank), 1, chunkLength)), Math.Min(Norms.BlockLength, chunkLength), chunkLength);
        var first = 0L;
        for (var i = 0; i < slots.Count; i++)
        {
            var (slot, parameter) = (slots[i], slots[i].Parameter);
            var byRows = slot.TakesPart
                ? parameter.HasRowGradient || Units.Of(parameter.Shape, parameter.Length, slot.Group.Clipping ?? clipping, ChunkLength, multiple: 1).Count > 1
                : slot.IsSharedByRows;
            var granule = byRows ? Units.OfRows(parameter.Length, parameter.RowCount, ChunkLength, BlockFrame.Length).ChunkLength : ChunkLength;
            var ends = new int[ranks];
            for (var rank = 0; rank < ranks; rank++)
                ends[rank] = rank == ranks - 1 ? parameter.Length : Cut(((long)((Int128)total * (rank + 1) / ranks)) - first, weights[i], parameter.Length, granule);
            _parts.Add(slot, (ends, byRows));
            first += weights[i];
        }
    }

    /// <summary>The number of elements of a chunk.</summary>
    public int ChunkLength { get; }

    /// <summary>Where the part of each rank ends.</summary>
    public int[] EndsOf(Slot<T> slot) => _parts[slot].Ends;

    /// <summary>The part of a rank.</summary>
    public Share Of(Slot<T> slot, int rank) => _parts[slot].Ends is var ends && rank == 0 ? new Share(0, ends[0]) : new Share(ends[rank - 1], ends[rank]);

    /// <summary>Gives every tensor its new part, and moves what there is of states, slow weights and averages to the ranks that have it now.</summary>
    /// <param name="old">How the tensors were shared before; null where they were not.</param>
    /// <param name="averages">The averages.</param>
    /// <param name="peers">The ranks.</param>
    public void Apply(ShareMap<T>? old, IReadOnlyList<WeightAverage<T>> averages, IPeers<T> peers)
    {
        foreach (var (slot, (ends, byRows)) in _parts)
        {
            var from = slot.Share;
            (slot.Share, slot.IsShared, slot.IsSharedByRows) = (Of(slot, peers.Rank), true, byRows);
            if (old is null || !old._parts.TryGetValue(slot, out var before) || ends.AsSpan().SequenceEqual(before.Ends))
                continue;
            var move = new Move(slot.Parameter.Length, from, before.Ends, slot.Share, peers);
            slot.States = slot.States?.Map(move);
            if (slot.Slow is { } slow)
                slot.Slow = move.Map(slow, 1, 1);
            foreach (var average in averages)
            {
                if (average.ElementsOf(slot) is { } elements)
                    average.Put(slot, move.Map(elements, 1, 1));
            }
        }
    }

    /// <summary>Gives a rank the part of the rows that it has now.</summary>
    private sealed record Move(int Length, Share From, int[] Ends, Share To, IPeers<T> Peers) : IRowMap
    {
        public AlignedArray<TRow> Map<TRow>(AlignedArray<TRow> rows, int count, int elements)
            where TRow : unmanaged
        {
            var whole = new TRow[CountOf(Length)];
            var moved = new AlignedArray<TRow>(count, CountOf(To.Length));
            int[] ends = [.. Ends.Select(CountOf)];
            for (var row = 0; row < count; row++)
            {
                rows.RowSpan(row).CopyTo(whole.AsSpan(From.Start / elements));
                Peers.Complete(whole.AsSpan(), ends);
                whole.AsSpan(To.Start / elements, moved.Length).CopyTo(moved.RowSpan(row));
            }

            return moved;

            int CountOf(int length) => (length + elements - 1) / elements;
        }
    }

    /// <summary>Where a tensor is cut.</summary>
    /// <param name="place">Where it should be, counted from its first element, inside or not.</param>
    /// <param name="weight">Its length; 0 where it counts for nothing, and so stays whole.</param>
    /// <param name="length">Its length.</param>
    /// <param name="granule">What the place is a multiple of.</param>
    private static int Cut(long place, int weight, int length, int granule) =>
        place <= 0 ? 0 : place >= weight ? length : (int)Math.Min(length, (place + (granule / 2)) / granule * granule);
}
