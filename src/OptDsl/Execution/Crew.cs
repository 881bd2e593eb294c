using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace OptDsl.Execution;

/// <summary>
/// Runs a workload on the calling thread and as many helpers from the thread pool as come in time. The caller never waits for a
/// helper that has not begun, so a busy pool costs speed and nothing else; and nothing is allocated, which
/// <see cref="Parallel"/> cannot do.
/// </summary>
internal sealed class Crew : IThreadPoolWorkItem
{
    private const int Closed = int.MinValue;

    // Waking a thread takes about 10 µs, as long as a phase over some 100,000 elements: for so long it pays to wait awake, but never for
    // longer, as the one waited for may need this processor.
    private static readonly TimeSpan s_patience = TimeSpan.FromMicroseconds(20);

    private const int PauseLength = 8;

    private readonly object _gate = new();

    // The number of helpers at work; with the sign bit set once no more may join.
    private int _state = Closed;
    private int _maxHelpers;
    private int _waitingHelpers;
    private int _run;
    private Share[] _shares = [];
    private IWorkload? _workload;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Runs all items and returns when all are done.</summary>
    /// <param name="workload">The items.</param>
    /// <param name="degree">The largest number of threads, the caller's included.</param>
    public void Run(IWorkload workload, int degree)
    {
        var count = workload.Count;
        var helpers = Math.Min(degree, count) - 1;
        if (helpers <= 0)
        {
            workload.Run(0, count);
            return;
        }

        _workload = workload;
        Divide(count, helpers + 1);
        _failure = null;
        _maxHelpers = helpers;
        Volatile.Write(ref _state, 0);
        Volatile.Write(ref _run, _run + 1);
        try
        {
            for (var i = Volatile.Read(ref _waitingHelpers); i < helpers; i++)
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            Work(workload, 0);
        }
        finally
        {
            // Whatever happens on this thread: nobody works when it goes on.
            if (Interlocked.Or(ref _state, Closed) != 0)
                WaitForHelpers();
            _workload = null;
        }

        _failure?.Throw();
    }

    void IThreadPoolWorkItem.Execute()
    {
        int run;
        do
        {
            run = Volatile.Read(ref _run);
            if (TryJoin(out var share))
            {
                Work(_workload!, share);
                Leave();
            }
        }
        while (WaitForAnother(run));
    }

    /// <summary>A helper may come late, even for a later workload: it joins whatever is open, or nothing.</summary>
    private bool TryJoin(out int share)
    {
        int state;
        do
        {
            state = Volatile.Read(ref _state);
            share = state + 1;
            if (state < 0 || state >= _maxHelpers)
                return false;
        }
        while (Interlocked.CompareExchange(ref _state, share, state) != state);
        return true;
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _state) == Closed)
            WhileLocked(wait: false);
    }

    /// <summary>
    /// Stays awake for the next workload, which often follows at once: the next pass, or the step after its scan. The one at hand has
    /// nothing left, though its last items may take the others long.
    /// </summary>
    private bool WaitForAnother(int run)
    {
        if (Interlocked.Increment(ref _waitingHelpers) > _maxHelpers)
        {
            Interlocked.Decrement(ref _waitingHelpers);
            return false;
        }

        var since = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref _run) == run && Stopwatch.GetElapsedTime(since) < s_patience)
            Thread.SpinWait(PauseLength);
        Interlocked.Decrement(ref _waitingHelpers);
        return Volatile.Read(ref _run) != run;
    }

    private void WaitForHelpers()
    {
        var since = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref _state) != Closed && Stopwatch.GetElapsedTime(since) < s_patience)
            Thread.SpinWait(PauseLength);
        WhileLocked(wait: true);
    }

    /// <summary>
    /// Waits for the last helper, or, as the last helper, says so. An interruption has to wait: it takes effect where the thread
    /// next blocks.
    /// </summary>
    private void WhileLocked(bool wait)
    {
        var interrupted = false;
        for (var done = false; !done;)
        {
            try
            {
                lock (_gate)
                {
                    while (wait && Volatile.Read(ref _state) != Closed)
                        Monitor.Wait(_gate);
                    Monitor.Pulse(_gate);
                    done = true;
                }
            }
            catch (ThreadInterruptedException)
            {
                interrupted = true;
            }
        }

        if (interrupted)
            Thread.CurrentThread.Interrupt();
    }

    /// <summary>
    /// A thread does its own share first and then what is left of the others': shares are neighbours in memory and the same ones at
    /// every step, so that each processor finds them in its own cache.
    /// </summary>
    private void Work(IWorkload workload, int share)
    {
        var shares = _shares.AsSpan(0, _maxHelpers + 1);
        try
        {
            for (var i = 0; i < shares.Length; i++)
            {
                while (Claim(ref shares[(share + i) % shares.Length], out var first, out var end))
                    workload.Run(first, end);
            }
        }
        catch (Exception exception)
        {
            // The others stop after the items at hand; the first failure is thrown on the caller's thread.
            foreach (ref var rest in shares)
                Interlocked.Exchange(ref rest.Next, rest.End);
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
        }
    }

    private void Divide(int count, int threads)
    {
        if (_shares.Length < threads)
            _shares = new Share[threads];
        for (var i = 0; i < threads; i++)
            _shares[i] = new Share { Next = (int)((long)count * i / threads), End = (int)((long)count * (i + 1) / threads) };
    }

    /// <summary>The next items of a share: half of what is left, and one by one in the end, so that all finish together.</summary>
    private static bool Claim(ref Share share, out int first, out int end)
    {
        do
        {
            first = Volatile.Read(ref share.Next);
            end = first + ((share.End - first + 1) / 2);
            if (first >= share.End)
                return false;
        }
        while (Interlocked.CompareExchange(ref share.Next, end, first) != first);
        return true;
    }

    private struct Share
    {
        public int Next;
        public int End;
    }
}
