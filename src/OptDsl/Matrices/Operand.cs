using OptDsl.Kernels;

namespace OptDsl.Matrices;

/// <summary>
/// One factor of a product, seen from the tiles: lines, which are rows of the left factor or columns of the right one, each as long
/// as the product is deep.
/// </summary>
/// <param name="elements">The first element.</param>
/// <param name="stride">The distance from one row in memory to the next.</param>
/// <param name="runsAlongLines">True where the elements of a line follow each other in memory, false where those of neighbouring lines do.</param>
internal readonly unsafe struct Operand<T>(T* elements, nint stride, bool runsAlongLines)
    where T : unmanaged
{
    private readonly T* _elements = elements;
    private readonly nint _stride = stride;
    private readonly bool _runsAlongLines = runsAlongLines;

    /// <summary>
    /// Copies a sliver, some neighbouring lines, so that for each step of depth their elements follow each other; with zeros for the
    /// lines that are missing.
    /// </summary>
    /// <param name="line">The first line.</param>
    /// <param name="lines">The number of lines that there are.</param>
    /// <param name="width">The number of lines that a sliver has.</param>
    /// <param name="start">The first step of depth.</param>
    /// <param name="depth">The number of steps.</param>
    /// <param name="sliver">Receives them.</param>
    public void Pack<TPack>(nint line, int lines, int width, nint start, nint depth, T* sliver)
        where TPack : struct, IPack<TPack, T>
    {
        if (lines < width)
            new Span<T>(sliver, (int)(width * depth)).Clear();
        if (_runsAlongLines)
            PackAcross(_elements + (line * _stride) + start, lines, width, depth, sliver);
        else
            PackAlong<TPack>(_elements + (start * _stride) + line, lines, width, depth, sliver);
    }

    private void PackAlong<TPack>(T* source, int lines, int width, nint depth, T* sliver)
        where TPack : struct, IPack<TPack, T>
    {
        for (; depth > 0; depth--)
        {
            nint i = 0;
            for (; i + TPack.Count <= lines; i += TPack.Count)
                TPack.Load(ref source[i], 0).Store(ref sliver[i], 0);
            for (; i < lines; i++)
                sliver[i] = source[i];
            source += _stride;
            sliver += width;
        }
    }

    private void PackAcross(T* source, int lines, int width, nint depth, T* sliver)
    {
        nint i = 0;
        for (; i + 4 <= lines; i += 4)
        {
            var first = source + (i * _stride);
            var second = first + _stride;
            var third = second + _stride;
            var fourth = third + _stride;
            var target = sliver + i;
            for (nint k = 0; k < depth; k++)
            {
                target[0] = first[k];
                target[1] = second[k];
                target[2] = third[k];
                target[3] = fourth[k];
                target += width;
            }
        }

        for (; i < lines; i++)
        {
            var line = source + (i * _stride);
            for (nint k = 0; k < depth; k++)
                sliver[(k * width) + i] = line[k];
        }
    }
}
