using System.Diagnostics;
using System.Globalization;
using System.Text;
using OptDsl.Mpi.Faults;

namespace OptDsl.Mpi.Messages;

/// <summary>
/// Messages between the ranks, each waited for no longer than a while, and not at all from one that has died. What collective operations do is
/// built of them, so that the order of additions is one for every library, and a rank that is missing has a name.
/// </summary>
internal sealed unsafe class Post
{
    private const int DataTag = 1;
    private const int LossTag = 2;
    private const int LossLength = 1024;
    private const int BytesAtATime = 1 << 26;

    private static readonly TimeSpan s_awake = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan s_checkEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_grace = TimeSpan.FromMilliseconds(200);

    // What messages under way may still be written into, where they have been given up.
    private static readonly List<object> s_kept = [];

    private readonly int _communicator;
    private readonly Batch _batch = new();
    private Neighbours? _neighbours;
    private WorldException? _loss;

    public Post()
    {
        Check(MPI.Unsafe.MPI_Comm_dup(MPI.Unsafe.MPI_COMM_WORLD, out _communicator));
        Check(MpiLibrary.ReturnErrors(_communicator));
        Check(MPI.Unsafe.MPI_Comm_size(_communicator, out var size));
        Check(MPI.Unsafe.MPI_Comm_rank(_communicator, out var rank));
        (Size, Rank) = (size, rank);
    }

    public int Rank { get; }

    public int Size { get; }

    /// <summary>How long a rank is waited for.</summary>
    public TimeSpan Timeout { get; set; }

    /// <summary>Why nothing can be exchanged any more; null while it can.</summary>
    public WorldException? Loss => _loss;

    /// <summary>Watches the ranks of the same machine from now on.</summary>
    public void Watch(Neighbours neighbours) => _neighbours = neighbours;

    /// <summary>Sends a message.</summary>
    public void Send(Batch batch, int to, void* data, int bytes) => Send(batch, to, data, bytes, DataTag);

    /// <summary>Receives a message.</summary>
    public void Receive(Batch batch, int from, void* data, int bytes)
    {
        Require(MPI.Unsafe.MPI_Irecv((nint)data, bytes, MPI.Unsafe.MPI_BYTE, from, DataTag, _communicator, out var request));
        batch.Add(request, from, isReceive: true);
    }

    /// <summary>Completes values of which each rank has a part.</summary>
    public void Complete<TValue>(Span<TValue> values, ReadOnlySpan<int> ends, string deed, bool mayTakeLong = false)
        where TValue : unmanaged
    {
        if (Size == 1)
            return;
        ThrowIfLost();
        var atATime = BytesAtATime / sizeof(TValue);
        var longest = 0;
        for (var rank = 0; rank < Size; rank++)
            longest = Math.Max(longest, ends[rank] - StartOf(ends, rank));
        fixed (TValue* first = values)
        {
            for (var done = 0; done < longest; done += atATime)
            {
                for (var rank = 0; rank < Size; rank++)
                {
                    if (rank != Rank && PartOf(ends, rank, done, atATime) is var (start, length) && length > 0)
                        Receive(_batch, rank, first + start, length * sizeof(TValue));
                }

                var (ownStart, ownLength) = PartOf(ends, Rank, done, atATime);
                for (var i = 1; i < Size && ownLength > 0; i++)
                    Send(_batch, (Rank + i) % Size, first + ownStart, ownLength * sizeof(TValue));
                Wait(_batch, deed, mayTakeLong);
            }
        }
    }

    /// <summary>Waits until all messages are complete.</summary>
    /// <exception cref="WorldException">A rank has died, or has not answered in time.</exception>
    public void Wait(Batch batch, string deed, bool mayTakeLong = false)
    {
        var started = Stopwatch.GetTimestamp();
        var nextCheck = s_checkEvery;
        for (var turns = 0; ; turns++)
        {
            Require(batch.Test());
            if (batch.Count == 0)
                return;
            if (turns < 32)
            {
                Thread.SpinWait(16);
                continue;
            }

            var elapsed = Stopwatch.GetElapsedTime(started);
            if (!mayTakeLong || elapsed < s_awake)
                Thread.Yield();
            else
                Thread.Sleep(1);
            if (elapsed < nextCheck)
                continue;
            nextCheck = elapsed + s_checkEvery;
            if (FindLoss(batch, deed, elapsed) is { } loss)
                throw Lose(batch, loss);
        }
    }

    /// <summary>Tells the other ranks that nothing can be exchanged any more.</summary>
    public WorldException Lose(Batch batch, string reason)
    {
        if (_loss is not null)
            return _loss;
        s_kept.Add(this);
        batch.Cancel();
        _loss = new WorldException(reason, isFinal: true);
        Announce(reason);
        return _loss;
    }

    /// <summary>Keeps memory that messages under way may be written into.</summary>
    public void KeepIfLost(object memory)
    {
        if (_loss is not null)
            s_kept.Add(memory);
    }

    public void ThrowIfLost()
    {
        if (_loss is not null)
            throw new WorldException(_loss.Message, isFinal: true, _loss);
    }

    private static int StartOf(ReadOnlySpan<int> ends, int rank) => rank == 0 ? 0 : ends[rank - 1];

    private static (int Start, int Length) PartOf(ReadOnlySpan<int> ends, int rank, int done, int atATime)
    {
        var start = StartOf(ends, rank) + done;
        return (start, Math.Clamp(ends[rank] - start, 0, atATime));
    }

    private void Send(Batch batch, int to, void* data, int bytes, int tag)
    {
        Require(MPI.Unsafe.MPI_Isend((nint)data, bytes, MPI.Unsafe.MPI_BYTE, to, tag, _communicator, out var request));
        batch.Add(request, to, isReceive: false);
    }

    private string? FindLoss(Batch batch, string deed, TimeSpan elapsed)
    {
        if (Announced() is { } announced)
            return announced;
        if (_neighbours?.FindDead(batch.Ranks) is { } dead && !CompletesAfterAll(batch))
            return $"{dead} in {deed}. Start the job again, from the last checkpoint.";
        return elapsed < Timeout ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"Rank {string.Join(", ", batch.Ranks.Order())} has not answered within {Timeout} in {deed}. Every rank must make the same calls; where one may take longer, set {nameof(World)}.{nameof(World.Timeout)}.");
    }

    /// <summary>A rank that has ended may have sent all before.</summary>
    private bool CompletesAfterAll(Batch batch)
    {
        var started = Stopwatch.GetTimestamp();
        while (batch.Count > 0 && Stopwatch.GetElapsedTime(started) < s_grace)
        {
            Require(batch.Test());
            Thread.Yield();
        }

        return batch.Count == 0 || _neighbours!.FindDead(batch.Ranks) is null;
    }

    private void Announce(string reason)
    {
        var text = new byte[LossLength];
        Encoding.UTF8.GetEncoder().Convert(reason, text.AsSpan(0, LossLength - 1), flush: true, out _, out _, out _);
        var pinned = GC.AllocateArray<byte>(LossLength, pinned: true);
        text.CopyTo(pinned, 0);
        s_kept.Add(pinned);
        var batch = new Batch();
        fixed (byte* first = pinned)
        {
            for (var rank = 0; rank < Size; rank++)
            {
                if (rank == Rank)
                    continue;
                if (MPI.Unsafe.MPI_Isend((nint)first, LossLength, MPI.Unsafe.MPI_BYTE, rank, LossTag, _communicator, out var request) == 0)
                    batch.Add(request, rank, isReceive: false);
            }
        }

        var started = Stopwatch.GetTimestamp();
        while (batch.Count > 0 && Stopwatch.GetElapsedTime(started) < s_grace && batch.Test() == 0)
            Thread.Yield();
    }

    private string? Announced()
    {
        if (MPI.Unsafe.MPI_Iprobe(MPI.Unsafe.MPI_ANY_SOURCE, LossTag, _communicator, out var isThere, out var status) != 0 || isThere == 0)
            return null;
        var text = GC.AllocateArray<byte>(LossLength, pinned: true);
        var batch = new Batch();
        fixed (byte* first = text)
        {
            if (MPI.Unsafe.MPI_Irecv((nint)first, LossLength, MPI.Unsafe.MPI_BYTE, status.MPI_SOURCE, LossTag, _communicator, out var request) != 0)
                return null;
            batch.Add(request, status.MPI_SOURCE, isReceive: true);
        }

        s_kept.Add(text);
        var started = Stopwatch.GetTimestamp();
        while (batch.Count > 0 && Stopwatch.GetElapsedTime(started) < s_grace && batch.Test() == 0)
            Thread.Yield();
        return batch.Count > 0 ? null : Encoding.UTF8.GetString(text).TrimEnd('\0');
    }

    private void Require(int error)
    {
        if (error != 0)
            throw Lose(_batch, $"MPI reports an error: {Text(error)}. Start the job again, from the last checkpoint.");
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new WorldException($"MPI reports an error: {Text(error)}.", isFinal: true);
    }

    private static string Text(int error)
    {
        var (text, length) = (new byte[MPI.Unsafe.MPI_MAX_ERROR_STRING], 0);
        return MPI.Unsafe.MPI_Error_string(error, text, ref length) == 0 ? Encoding.UTF8.GetString(text, 0, Math.Clamp(length, 0, text.Length)) : $"number {error}";
    }
}
