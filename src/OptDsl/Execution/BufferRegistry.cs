using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OptDsl.Execution;

/// <summary>
/// The memory that the parameters of an optimizer use, in the order of addresses, to refuse buffers that overlap: neighbours are
/// all that has to be compared.
/// </summary>
/// <remarks>
/// Arrays move when a collection compacts the heap. So addresses count only until the next collection, whose own work is no
/// less than that of reading them again.
/// </remarks>
internal sealed class BufferRegistry<T>
    where T : unmanaged
{
    private readonly List<Buffer> _buffers = [];
    private readonly Comparison<Buffer> _byAddress;
    private int _collection = -1;

    public BufferRegistry() => _byAddress = CompareAddresses;

    /// <summary>How many pairs of addresses have been compared so far.</summary>
    public long Comparisons { get; private set; }

    /// <summary>Adds the value and the gradient of a parameter.</summary>
    /// <exception cref="ArgumentException">One of them overlaps a buffer of another parameter; nothing has been added.</exception>
    public void Add(Parameter<T> parameter)
    {
        while (!TryAdd(parameter))
            Locate();
    }

    /// <summary>Forgets parameters.</summary>
    public void Remove(IEnumerable<Parameter<T>> parameters)
    {
        var removed = parameters.ToHashSet();
        _buffers.RemoveAll(buffer => removed.Contains(buffer.Parameter));
    }

    /// <summary>Compares all buffers, some of which have moved. Allocates nothing.</summary>
    /// <exception cref="ArgumentException">Two of them overlap.</exception>
    public void Check()
    {
        Locate();
        for (var i = 1; i < _buffers.Count; i++)
        {
            if (_buffers[i].Start < _buffers[i - 1].End)
                throw Overlap(_buffers[i], _buffers[i - 1]);
        }
    }

    /// <summary>Reads where all buffers lie, and sorts them.</summary>
    private void Locate()
    {
        var buffers = CollectionsMarshal.AsSpan(_buffers);
        do
        {
            _collection = GC.CollectionCount(0);
            foreach (ref var buffer in buffers)
                buffer = new Buffer(buffer.Parameter, buffer.IsGradient);
        }
        while (_collection != GC.CollectionCount(0));
        buffers.Sort(_byAddress);
    }

    /// <summary>Adds a parameter where the addresses that are known still count.</summary>
    private bool TryAdd(Parameter<T> parameter)
    {
        if (_collection != GC.CollectionCount(0))
            return false;
        var value = new Buffer(parameter, isGradient: false);
        var gradient = new Buffer(parameter, isGradient: true);
        var (ofValue, valueOverlaps) = Find(value);
        var (ofGradient, gradientOverlaps) = Find(gradient);
        if (_collection != GC.CollectionCount(0))
            return false;
        if (valueOverlaps is { } other)
            throw Overlap(value, other);
        if (gradientOverlaps is { } another)
            throw Overlap(gradient, another);

        // The later of the two first, so that the place of the other stays right.
        if (value.Start > gradient.Start)
        {
            _buffers.Insert(ofValue, value);
            _buffers.Insert(ofGradient, gradient);
        }
        else
        {
            _buffers.Insert(ofGradient, gradient);
            _buffers.Insert(ofValue, value);
        }

        return true;
    }

    /// <summary>Where a buffer belongs, and what overlaps it there.</summary>
    private (int Index, Buffer? Overlapping) Find(in Buffer buffer)
    {
        var (low, high) = (0, _buffers.Count);
        while (low < high)
        {
            Comparisons++;
            var middle = (low + high) / 2;
            if (_buffers[middle].Start <= buffer.Start)
                low = middle + 1;
            else
                high = middle;
        }

        Buffer? overlapping = low > 0 && _buffers[low - 1].Overlaps(buffer) ? _buffers[low - 1]
            : low < _buffers.Count && _buffers[low].Overlaps(buffer) ? _buffers[low]
            : null;
        return (low, overlapping);
    }

    private int CompareAddresses(Buffer x, Buffer y)
    {
        Comparisons++;
        return x.Start.CompareTo(y.Start);
    }

    private static ArgumentException Overlap(in Buffer buffer, in Buffer other) => new(
        $"The {buffer.Role} of parameter '{buffer.Parameter.Name}' overlaps the {other.Role} of parameter '{other.Parameter.Name}' in memory. " +
        "Give each its own; a weight that two layers share is one parameter, added once.");

    /// <summary>A buffer and where it lies; a gradient that is not there lies at 0 and has no length.</summary>
    private readonly struct Buffer
    {
        public unsafe Buffer(Parameter<T> parameter, bool isGradient)
        {
            Parameter = parameter;
            IsGradient = isGradient;
            var elements = (isGradient ? parameter.GradientMemory : parameter.Value).Span;
            if (elements.IsEmpty)
                return;
            Start = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(elements));
            End = Start + ((nuint)elements.Length * (nuint)Unsafe.SizeOf<T>());
        }

        public Parameter<T> Parameter { get; }

        public bool IsGradient { get; }

        public nuint Start { get; }

        public nuint End { get; }

        public string Role => IsGradient ? "gradient" : "value";

        public bool Overlaps(in Buffer other) => Start < other.End && other.Start < End;
    }
}
