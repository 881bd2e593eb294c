using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OptDsl.Kernels;

/// <summary>Reads and writes states of <see cref="Storage.Block8"/>: a code an element, and a scale for every <see cref="BlockFrame.Length"/> of them.</summary>
internal static class BlockCodes
{
    /// <summary>The number of blocks.</summary>
    public static int CountOf(int elements) => (elements + BlockFrame.Length - 1) / BlockFrame.Length;

    /// <summary>Reads blocks, of which the last may be shorter.</summary>
    public static void Read<T>(ReadOnlySpan<byte> codes, ReadOnlySpan<float> scales, Span<T> values)
        where T : unmanaged
    {
        if (WideBlockVector.IsSupported)
            Read<T, WideBlockVector>(codes, scales, values);
        else
            Read<T, BlockVector>(codes, scales, values);
    }

    /// <summary>Writes blocks, of which the last may be shorter.</summary>
    /// <param name="values">The values: doubles become floats first.</param>
    /// <param name="codes">Receives the codes.</param>
    /// <param name="scales">Receives the scales.</param>
    /// <param name="random">What decides how values are rounded, from the first on; null for the nearest.</param>
    /// <param name="state">The position of the state among the element-wise states.</param>
    public static void Write<T>(ReadOnlySpan<T> values, Span<byte> codes, Span<float> scales, RoundingKey? random, int state)
        where T : unmanaged
    {
        if (WideBlockVector.IsSupported)
            Write<T, WideBlockVector>(values, codes, scales, random, state);
        else
            Write<T, BlockVector>(values, codes, scales, random, state);
    }

    /// <inheritdoc cref="Read{T}(ReadOnlySpan{byte}, ReadOnlySpan{float}, Span{T})"/>
    [SkipLocalsInit]
    public static void Read<T, TVector>(ReadOnlySpan<byte> codes, ReadOnlySpan<float> scales, Span<T> values)
        where T : unmanaged
        where TVector : struct, IBlockVector<TVector>
    {
        var whole = typeof(T) == typeof(float) ? values.Length / BlockFrame.Length : 0;
        for (var block = 0; block < whole; block++)
        {
            var start = block * BlockFrame.Length;
            BlockLanes<TVector>.Read(ref MemoryMarshal.GetReference(codes[start..]), scales[block], ref Unsafe.As<T, float>(ref values[start]));
        }

        if (whole == scales.Length)
            return;
        Span<float> floats = stackalloc float[BlockFrame.Length];
        Span<byte> padded = stackalloc byte[BlockFrame.Length];
        for (var block = whole; block < scales.Length; block++)
        {
            var start = block * BlockFrame.Length;
            var length = Math.Min(BlockFrame.Length, values.Length - start);
            codes.Slice(start, length).CopyTo(padded);
            padded[length..].Clear();
            BlockLanes<TVector>.Read(ref padded[0], scales[block], ref floats[0]);
            Widen(floats[..length], values[start..]);
        }
    }

    /// <inheritdoc cref="Write{T}(ReadOnlySpan{T}, Span{byte}, Span{float}, RoundingKey?, int)"/>
    public static void Write<T, TVector>(ReadOnlySpan<T> values, Span<byte> codes, Span<float> scales, RoundingKey? random, int state)
        where T : unmanaged
        where TVector : struct, IBlockVector<TVector>
    {
        if (random is not { } key)
            Write<T, TVector, NearestCode>(values, codes, scales, counter: 0);
        else if (RoundingKey.TakesLow(state))
            Write<T, TVector, LowerBits>(values, codes, scales, key.At(state, 0));
        else
            Write<T, TVector, UpperBits>(values, codes, scales, key.At(state, 0));
    }

    [SkipLocalsInit]
    private static void Write<T, TVector, TRounding>(ReadOnlySpan<T> values, Span<byte> codes, Span<float> scales, uint counter)
        where T : unmanaged
        where TVector : struct, IBlockVector<TVector>
        where TRounding : struct, IBlockRounding
    {
        var whole = typeof(T) == typeof(float) ? values.Length / BlockFrame.Length : 0;
        for (var block = 0; block < whole; block++)
        {
            var start = block * BlockFrame.Length;
            scales[block] = BlockLanes<TVector>.Write<TRounding>(ref Unsafe.As<T, float>(ref Unsafe.AsRef(in values[start])), counter, ref codes[start]);
            counter = unchecked(counter + (BlockFrame.Length * RoundingKey.Stride));
        }

        if (whole == scales.Length)
            return;
        Span<float> floats = stackalloc float[BlockFrame.Length];
        Span<byte> padded = stackalloc byte[BlockFrame.Length];
        for (var block = whole; block < scales.Length; block++)
        {
            var start = block * BlockFrame.Length;
            var length = Math.Min(BlockFrame.Length, values.Length - start);
            Narrow(values.Slice(start, length), floats);

            // What is not there has the least influence as a copy of what is.
            floats[length..].Fill(floats[0]);
            scales[block] = BlockLanes<TVector>.Write<TRounding>(ref floats[0], counter, ref padded[0]);
            padded[..length].CopyTo(codes[start..]);
            counter = unchecked(counter + (BlockFrame.Length * RoundingKey.Stride));
        }
    }

    private static void Widen<T>(ReadOnlySpan<float> floats, Span<T> target)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            floats.CopyTo(MemoryMarshal.Cast<T, float>(target));
            return;
        }

        var doubles = MemoryMarshal.Cast<T, double>(target);
        for (var i = 0; i < floats.Length; i++)
            doubles[i] = floats[i];
    }

    private static void Narrow<T>(ReadOnlySpan<T> source, Span<float> floats)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            MemoryMarshal.Cast<T, float>(source).CopyTo(floats);
            return;
        }

        var doubles = MemoryMarshal.Cast<T, double>(source);
        for (var i = 0; i < doubles.Length; i++)
            floats[i] = (float)doubles[i];
    }
}
