using System.Runtime.InteropServices;

namespace OptDsl.Execution;

/// <summary>The memory that the parameters of an optimizer use, to refuse a parameter whose buffers overlap another's.</summary>
internal sealed class BufferRegistry<T>
    where T : unmanaged
{
    // Arrays move, so they are known by identity, each with its slices in order; other memory is compared where it lies.
    private readonly Dictionary<T[], List<Slice>> _slicesOfArray = new(ReferenceEqualityComparer.Instance);
    private readonly List<Buffer> _arrayBuffers = [];
    private readonly List<Buffer> _otherBuffers = [];

    /// <summary>Adds the value and the gradient of a parameter.</summary>
    /// <exception cref="ArgumentException">One of them overlaps a buffer of another parameter; nothing has been added.</exception>
    public void Add(Parameter<T> parameter)
    {
        var value = new Buffer(parameter, "value", parameter.Value);
        var gradient = new Buffer(parameter, "gradient", parameter.Gradient);
        Check(value);
        Check(gradient);
        Insert(value);
        Insert(gradient);
    }

    /// <summary>Forgets a parameter.</summary>
    public void Remove(Parameter<T> parameter)
    {
        _arrayBuffers.RemoveAll(buffer => buffer.Parameter == parameter);
        _otherBuffers.RemoveAll(buffer => buffer.Parameter == parameter);
        foreach (var slices in _slicesOfArray.Values)
            slices.RemoveAll(slice => slice.Buffer.Parameter == parameter);
    }

    private void Check(in Buffer buffer)
    {
        if (MemoryMarshal.TryGetArray<T>(buffer.Memory, out var segment))
        {
            CheckSlices(buffer, segment);
            CheckInPlace(buffer, _otherBuffers);
        }
        else
        {
            CheckInPlace(buffer, _otherBuffers);
            CheckInPlace(buffer, _arrayBuffers);
        }
    }

    private void CheckSlices(in Buffer buffer, ArraySegment<T> segment)
    {
        if (!_slicesOfArray.TryGetValue(segment.Array!, out var slices))
            return;
        var next = IndexAfter(slices, segment.Offset);
        if (next > 0 && slices[next - 1].End > segment.Offset)
            throw Overlap(buffer, slices[next - 1].Buffer);
        if (next < slices.Count && slices[next].Start < segment.Offset + segment.Count)
            throw Overlap(buffer, slices[next].Buffer);
    }

    private static void CheckInPlace(in Buffer buffer, List<Buffer> others)
    {
        var span = buffer.Memory.Span;
        foreach (var other in others)
        {
            if (span.Overlaps(other.Memory.Span))
                throw Overlap(buffer, other);
        }
    }

    private void Insert(in Buffer buffer)
    {
        if (!MemoryMarshal.TryGetArray<T>(buffer.Memory, out var segment))
        {
            _otherBuffers.Add(buffer);
            return;
        }

        _arrayBuffers.Add(buffer);
        if (!_slicesOfArray.TryGetValue(segment.Array!, out var slices))
            _slicesOfArray.Add(segment.Array!, slices = []);
        slices.Insert(IndexAfter(slices, segment.Offset), new Slice(segment.Offset, segment.Offset + segment.Count, buffer));
    }

    private static int IndexAfter(List<Slice> slices, int start)
    {
        var low = 0;
        var high = slices.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (slices[middle].Start <= start)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private static ArgumentException Overlap(in Buffer buffer, in Buffer other) => new(
        $"The {buffer.Role} of parameter '{buffer.Parameter.Name}' overlaps the {other.Role} of parameter '{other.Parameter.Name}' in memory. " +
        "Give each its own; a weight that two layers share is one parameter, added once.");

    private readonly record struct Buffer(Parameter<T> Parameter, string Role, ReadOnlyMemory<T> Memory);

    private readonly record struct Slice(int Start, int End, Buffer Buffer);
}
