namespace OptDsl.Benchmarks.Contestants;

/// <summary>Two threads for contestants that bring none: the caller takes the first half, a worker that spins before it parks the other.</summary>
internal sealed class Halves : IDisposable
{
    private readonly ManualResetEventSlim _begin = new(false, spinCount: 2000);
    private readonly ManualResetEventSlim _end = new(false, spinCount: 2000);
    private readonly Thread _worker;
    private Action? _work;
    private bool _stop;

    public Halves()
    {
        _worker = new Thread(Work) { IsBackground = true };
        _worker.Start();
    }

    /// <summary>A step over all elements, half on each thread; the cut is at a cache line.</summary>
    public Action<long> Step(SliceStep step, Tensors tensors)
    {
        var half = tensors.Length / 2 / 16 * 16;
        var t = 0L;
        Action second = () => step(tensors, half, tensors.Length - half, t);
        return now =>
        {
            t = now;
            _work = second;
            _begin.Set();
            step(tensors, 0, half, now);
            _end.Wait();
            _end.Reset();
        };
    }

    public void Dispose()
    {
        _stop = true;
        _begin.Set();
        _worker.Join();
        _begin.Dispose();
        _end.Dispose();
    }

    private void Work()
    {
        while (true)
        {
            _begin.Wait();
            _begin.Reset();
            if (_stop)
                return;
            _work!();
            _end.Set();
        }
    }
}
