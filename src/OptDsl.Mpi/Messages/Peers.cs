using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OptDsl.Execution;

namespace OptDsl.Mpi.Messages;

/// <summary>The ranks of a world as an optimizer knows them.</summary>
/// <remarks>
/// Gradients and weights travel in buckets, and the next bucket is under way while one is added up or put in its place. Each rank gets of every
/// other only what it needs, and each element goes over the wires once in each direction: what a reduce-scatter and an all-gather do, but
/// with the additions in the order of the ranks.
/// </remarks>
internal sealed unsafe class Peers<T>(World world) : IPeers<T>
    where T : unmanaged
{
    // Two of them on their way out and two on their way in, of all ranks together.
    private const int BufferBytes = 1 << 23;
    private const int FewestElements = 1 << 12;

    private readonly Batch[] _batches = [new(), new()];
    private readonly T[][] _out = [[], []];
    private readonly T[][] _in = [[], []];
    private string _deed = "";

    /// <summary>What the gradients make together.</summary>
    public GradientReduction Reduction { get; set; }

    public int Rank => world.Rank;

    public int Size => world.Size;

    public double Divisor => Reduction == GradientReduction.Mean ? Size : 1;

    private Post Post => world.Post;

    public bool Agree(string deed, Exception? failure, Terms terms, bool wish)
    {
        _deed = deed;
        return world.Agree(deed, failure, terms, wish);
    }

    public void Complete<TValue>(Span<TValue> values, ReadOnlySpan<int> ends)
        where TValue : unmanaged => Post.Complete(values, ends, _deed);

    public void Complete(ReadOnlySpan<SharedTensor<T>> tensors)
    {
        var sent = new FlatShares<T>(tensors, Size);
        var received = new FlatShares<T>(tensors, Size);
        var longest = sent.Longest;
        var bucket = Bucket(longest, outs: 1);
        var lengths = Lengths(sent);
        for (var start = 0L; start < longest + bucket; start += bucket)
        {
            var turn = (int)(start / bucket % 2);
            for (var i = 1; i < Size; i++)
                Receive(turn, (Rank + Size - i) % Size, bucket, Some(lengths[(Rank + Size - i) % Size], start, bucket));
            var packed = sent.Pack(Rank, _out[turn].AsSpan(0, bucket));
            for (var i = 1; i < Size && packed > 0; i++)
                Post.Send(_batches[turn], (Rank + i) % Size, Address(_out[turn], 0), packed * sizeof(T));
            if (start == 0)
                continue;
            Wait(1 - turn);
            for (var rank = 0; rank < Size; rank++)
            {
                if (rank != Rank)
                    received.Unpack(rank, _in[1 - turn].AsSpan(rank * bucket, Some(lengths[rank], start - bucket, bucket)));
            }
        }
    }

    public void Combine(ReadOnlySpan<SharedTensor<T>> tensors)
    {
        var sent = new FlatShares<T>(tensors, Size);
        var received = new FlatShares<T>(tensors, Size);
        var longest = sent.Longest;
        var bucket = Bucket(longest, outs: Size);
        var own = sent.LengthOf(Rank);
        var terms = new ReadOnlyMemory<T>[Size];
        for (var start = 0L; start < longest + bucket; start += bucket)
        {
            var turn = (int)(start / bucket % 2);
            for (var i = 1; i < Size; i++)
                Receive(turn, (Rank + Size - i) % Size, bucket, Some(own, start, bucket));
            for (var i = 1; i < Size; i++)
            {
                var to = (Rank + i) % Size;
                if (sent.Pack(to, _out[turn].AsSpan(to * bucket, bucket)) is var packed and > 0)
                    Post.Send(_batches[turn], to, Address(_out[turn], to * bucket), packed * sizeof(T));
            }

            if (start == 0)
                continue;
            Wait(1 - turn);
            var rest = Some(own, start - bucket, bucket);
            for (var done = 0; received.Take(Rank, rest - done, out var tensor, out var first, out var length); done += length)
            {
                for (var rank = 0; rank < Size; rank++)
                    terms[rank] = rank == Rank ? tensor.Elements.Slice(first, length) : _in[1 - turn].AsMemory((rank * bucket) + done, length);
                var partStart = first - (Rank == 0 ? 0 : tensor.Ends[Rank - 1]);
                RankSum.Divide(terms, Divisor, tensor.Part.Span.Slice(partStart, length));
            }
        }
    }

    private static int Some(long length, long start, int bucket) => (int)Math.Clamp(length - start, 0, bucket);

    private static T* Address(T[] pinned, int index) => (T*)Unsafe.AsPointer(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(pinned), index));

    private void Receive(int turn, int from, int bucket, int count)
    {
        if (count > 0)
            Post.Receive(_batches[turn], from, Address(_in[turn], from * bucket), count * sizeof(T));
    }

    private void Wait(int turn)
    {
        try
        {
            Post.Wait(_batches[turn], _deed);
        }
        catch (WorldException)
        {
            Post.KeepIfLost(_in);
            Post.KeepIfLost(_out);
            throw;
        }
    }

    private long[] Lengths(FlatShares<T> shares)
    {
        var lengths = new long[Size];
        for (var rank = 0; rank < Size; rank++)
            lengths[rank] = shares.LengthOf(rank);
        return lengths;
    }

    /// <summary>The number of elements of a bucket, for which there is room then.</summary>
    private int Bucket(long longest, int outs)
    {
        Post.ThrowIfLost();
        var bucket = (int)Math.Clamp(longest, 1, Math.Max(FewestElements, BufferBytes / sizeof(T) / Size));
        for (var turn = 0; turn < 2; turn++)
        {
            if (_out[turn].Length < bucket * outs)
                _out[turn] = GC.AllocateUninitializedArray<T>(bucket * outs, pinned: true);
            if (_in[turn].Length < bucket * Size)
                _in[turn] = GC.AllocateUninitializedArray<T>(bucket * Size, pinned: true);
        }

        return bucket;
    }
}
