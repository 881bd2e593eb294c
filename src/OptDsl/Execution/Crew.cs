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

    private readonly object _gate = new();

    // The number of helpers at work; with the sign bit set once no more may join.
    private int _state = Closed;
    private int _maxHelpers;
    private int _next;
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
            for (var item = 0; item < count; item++)
                workload.Run(item);
            return;
        }

        _workload = workload;
        _next = 0;
        _failure = null;
        _maxHelpers = helpers;
        Volatile.Write(ref _state, 0);
        for (var i = 0; i < helpers; i++)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

        Work(workload);
        if (Interlocked.Or(ref _state, Closed) != 0)
            WaitForHelpers();
        _workload = null;
        _failure?.Throw();
    }

    void IThreadPoolWorkItem.Execute()
    {
        // A helper may come late, even for a later workload: it joins whatever is open, or nothing.
        int state;
        do
        {
            state = Volatile.Read(ref _state);
            if (state < 0 || state >= _maxHelpers)
                return;
        }
        while (Interlocked.CompareExchange(ref _state, state + 1, state) != state);

        Work(_workload!);
        if (Interlocked.Decrement(ref _state) == Closed)
        {
            lock (_gate)
                Monitor.Pulse(_gate);
        }
    }

    private void WaitForHelpers()
    {
        // A helper is at its last item: worth a few spins, but never more, as it may share this processor.
        var spin = default(SpinWait);
        while (Volatile.Read(ref _state) != Closed && !spin.NextSpinWillYield)
            spin.SpinOnce();
        lock (_gate)
        {
            while (Volatile.Read(ref _state) != Closed)
                Monitor.Wait(_gate);
        }
    }

    private void Work(IWorkload workload)
    {
        try
        {
            while (Claim(workload.Count, out var first, out var end))
            {
                for (var item = first; item < end; item++)
                    workload.Run(item);
            }
        }
        catch (Exception exception)
        {
            // The others stop after the items at hand; the first failure is thrown on the caller's thread.
            Interlocked.Exchange(ref _next, workload.Count);
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
        }
    }

    /// <summary>
    /// The next items for a thread: neighbours, because memory is fastest in long runs; many while much is left, and one by one
    /// in the end, so that all finish together.
    /// </summary>
    private bool Claim(int count, out int first, out int end)
    {
        do
        {
            first = Volatile.Read(ref _next);
            end = first + Math.Max(1, (count - first) / (2 * (_maxHelpers + 1)));
            if (first >= count)
                return false;
        }
        while (Interlocked.CompareExchange(ref _next, end, first) != first);
        return true;
    }
}
