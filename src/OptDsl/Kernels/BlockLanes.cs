using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OptDsl.Kernels;

/// <summary>Whole blocks of <see cref="Storage.Block8"/>, with the same bits in vectors of every width.</summary>
/// <typeparam name="TVector">As many elements as are treated together.</typeparam>
internal static class BlockLanes<TVector>
    where TVector : struct, IBlockVector<TVector>
{
    private const uint Magnitude = 0x7FFF_FFFF;

    /// <summary>Reads a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Read(ref byte codes, float scale, ref float values)
    {
        TVector unit = BitConverter.SingleToUInt32Bits(BlockFrame.Unit), factor = BitConverter.SingleToUInt32Bits(MathF.Abs(scale)), mask = BlockFrame.MaskOf(scale);
        var count = (nuint)TVector.Count;
        for (nuint i = 0; i < BlockFrame.Length; i += 4 * count)
        {
            var (first, second, third, fourth) = TVector.LoadCodes(ref codes, i);
            Value(first, mask, unit, factor).Store(ref values, i);
            Value(second, mask, unit, factor).Store(ref values, i + count);
            Value(third, mask, unit, factor).Store(ref values, i + (2 * count));
            Value(fourth, mask, unit, factor).Store(ref values, i + (3 * count));
        }
    }

    /// <summary>Writes a block.</summary>
    /// <param name="values">The values.</param>
    /// <param name="counter">The counter of the first.</param>
    /// <param name="codes">Receives the codes.</param>
    /// <typeparam name="TRounding">How values become codes.</typeparam>
    /// <returns>The scale.</returns>
    public static float Write<TRounding>(ref float values, uint counter, ref byte codes)
        where TRounding : struct, IBlockRounding
    {
        var frame = FrameOf(ref values);
        if (frame.IsNaN)
        {
            MemoryMarshal.CreateSpan(ref codes, BlockFrame.Length).Clear();
            return float.NaN;
        }

        if (frame.IsLarge)
            WriteLarge<TRounding>(ref values, frame.Reduced, counter, ref codes);
        else
            Write<TRounding>(ref values, frame, counter, ref codes);
        return frame.Scale;
    }

    private static void Write<TRounding>(ref float values, BlockFrame frame, uint counter, ref byte codes)
        where TRounding : struct, IBlockRounding
    {
        if (frame.IsSigned)
            Write<On, TRounding>(ref values, frame, counter, ref codes);
        else
            Write<Off, TRounding>(ref values, frame, counter, ref codes);
    }

    [SkipLocalsInit]
    private static void WriteLarge<TRounding>(ref float values, BlockFrame reducedFrame, uint counter, ref byte codes)
        where TRounding : struct, IBlockRounding
    {
        Span<float> reduced = stackalloc float[BlockFrame.Length];
        TVector factor = BitConverter.SingleToUInt32Bits(BlockFrame.Reduction);
        for (nuint i = 0; i < BlockFrame.Length; i += (nuint)TVector.Count)
            TVector.MultiplyFloats(TVector.Load(ref values, i), factor).Store(ref reduced[0], i);
        Write<TRounding>(ref reduced[0], reducedFrame, counter, ref codes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Value(TVector code, TVector mask, TVector unit, TVector factor) =>
        TVector.MultiplyFloats(TVector.MultiplyFloats((code << BlockFrame.Dropped) & mask, unit), factor);

    /// <summary>The frame of a block.</summary>
    private static BlockFrame FrameOf(ref float values)
    {
        // As bits, what is negative is larger than all that is not.
        var largest = Largest(ref values, uint.MaxValue);
        return largest <= Magnitude ? BlockFrame.Of(largest, isSigned: false) : BlockFrame.Of(Largest(ref values, Magnitude), isSigned: true);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint Largest(ref float values, uint mask)
    {
        // Two of each, so that none waits for the one before.
        var count = (nuint)TVector.Count;
        TVector bits = mask, largest = 0u, other = 0u;
        for (nuint i = 0; i < BlockFrame.Length; i += 4 * count)
        {
            largest = TVector.Max(largest, TVector.Load(ref values, i) & bits);
            other = TVector.Max(other, TVector.Load(ref values, i + count) & bits);
            largest = TVector.Max(largest, TVector.Load(ref values, i + (2 * count)) & bits);
            other = TVector.Max(other, TVector.Load(ref values, i + (3 * count)) & bits);
        }

        return TVector.Max(largest, other).Largest;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Write<TSigned, TRounding>(ref float values, BlockFrame frame, uint firstCounter, ref byte codes)
        where TSigned : struct, ISwitch
        where TRounding : struct, IBlockRounding
    {
        TVector factor = BitConverter.SingleToUInt32Bits(frame.Factor), least = frame.LeastBits;
        var counter = firstCounter + (TVector.Indices * RoundingKey.Stride);
        TVector step = unchecked((uint)TVector.Count * RoundingKey.Stride);
        var count = (nuint)TVector.Count;
        for (nuint i = 0; i < BlockFrame.Length; i += 4 * count)
        {
            var first = Word<TSigned, TRounding>(TVector.Load(ref values, i), factor, least, counter);
            var second = Word<TSigned, TRounding>(TVector.Load(ref values, i + count), factor, least, counter += step);
            var third = Word<TSigned, TRounding>(TVector.Load(ref values, i + (2 * count)), factor, least, counter += step);
            var fourth = Word<TSigned, TRounding>(TVector.Load(ref values, i + (3 * count)), factor, least, counter += step);
            counter += step;
            if (TSigned.IsOn)
                TVector.StoreSignedCodes(ref codes, i, first, second, third, fourth);
            else
                TVector.StoreCodes(ref codes, i, first, second, third, fourth);
        }
    }

    // The exponents of floats become those of codes, and the processor's own numbers below the least exponent those of the frame.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Word<TSigned, TRounding>(TVector value, TVector factor, TVector least, TVector counter)
        where TSigned : struct, ISwitch
        where TRounding : struct, IBlockRounding
    {
        // Zero would be a divisor.
        var word = TVector.MultiplyFloats(TSigned.IsOn ? value : TVector.RaisePositive(value, least), factor);
        return word + TRounding.Addend(word, counter);
    }
}
