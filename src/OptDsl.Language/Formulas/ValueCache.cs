using System.Collections.Concurrent;

namespace OptDsl.Language.Formulas;

/// <summary>
/// Remembers the results of a pure function by the value of its argument, each computed once however many ask. It holds the
/// latest results in two halves: where one is full, the other is forgotten.
/// </summary>
/// <param name="compute">The function; a cancelled computation leaves nothing behind.</param>
/// <param name="half">How many results a half takes.</param>
internal sealed class ValueCache<TKey, TValue>(Func<TKey, CancellationToken, TValue> compute, int half)
    where TKey : notnull
{
    private readonly object _gate = new();
    private ConcurrentDictionary<TKey, Entry> _young = new();
    private ConcurrentDictionary<TKey, Entry> _old = new();

    public TValue Get(TKey key, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Find(key).Get(key, compute, cancellation);
    }

    /// <summary>How often the result that is held was computed: at most once.</summary>
    public int Computations(TKey key) => _young.TryGetValue(key, out var entry) || _old.TryGetValue(key, out entry) ? entry.Computations : 0;

    private Entry Find(TKey key)
    {
        if (_young.TryGetValue(key, out var entry))
            return entry;
        lock (_gate)
        {
            if (_young.TryGetValue(key, out entry))
                return entry;
            if (!_old.TryGetValue(key, out entry))
                entry = new Entry();
            if (_young.Count >= half)
                (_old, _young) = (_young, new());
            return _young[key] = entry;
        }
    }

    private sealed class Entry
    {
        private TValue? _value;

        public int Computations { get; private set; }

        public TValue Get(TKey key, Func<TKey, CancellationToken, TValue> compute, CancellationToken cancellation)
        {
            lock (this)
            {
                if (Computations == 0)
                {
                    _value = compute(key, cancellation);
                    Computations++;
                }

                return _value!;
            }
        }
    }
}
