using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OptDsl.Kernels;

/// <summary>Whole blocks of <see cref="Storage.Block8"/>, with the same bits in vectors of every width.</summary>
/// <typeparam name="TVector">As many elements as are treated together.</typeparam>
internal static class BlockLanes<TVector>
    where TVector : struct, IBlockVector<TVector>
{
    private const uint Magnitude = 0x7FFF_FFFF;

    // A code without its sign, in its place in a float: above it are copies of the sign.
    private const uint Code = 0x7Fu << BlockFrame.Dropped;

    /// <summary>Reads a block.</summary>
    public static void Read(ref byte codes, float scale, ref float values)
    {
        var frame = BlockFrame.OfScale(scale);
        if (frame.IsNaN)
            MemoryMarshal.CreateSpan(ref values, BlockFrame.Length).Fill(float.NaN);
        else if (frame.IsSigned)
            Read<On>(ref codes, frame, ref values);
        else
            Read<Off>(ref codes, frame, ref values);
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
        var frame = FrameOf(ref values, out var hasSmall);
        if (frame.IsNaN)
        {
            MemoryMarshal.CreateSpan(ref codes, BlockFrame.Length).Clear();
            return float.NaN;
        }

        switch (frame.IsSigned, hasSmall)
        {
            case (false, false):
                Write<Off, Off, TRounding>(ref values, frame, counter, ref codes);
                break;
            case (false, true):
                Write<Off, On, TRounding>(ref values, frame, counter, ref codes);
                break;
            case (true, false):
                Write<On, Off, TRounding>(ref values, frame, counter, ref codes);
                break;
            default:
                Write<On, On, TRounding>(ref values, frame, counter, ref codes);
                break;
        }

        return frame.Scale;
    }

    /// <summary>The frame of a block.</summary>
    /// <param name="values">The values.</param>
    /// <param name="hasSmall">True where some are below the least number of full precision.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static BlockFrame FrameOf(ref float values, out bool hasSmall)
    {
        // Two of each, so that none waits for the one before.
        var count = (nuint)TVector.Count;
        TVector bits = 0u, largest = 0u, least = Magnitude, otherBits = 0u, otherLargest = 0u, otherLeast = Magnitude;
        for (nuint i = 0; i < BlockFrame.Length; i += 2 * count)
        {
            TVector value = TVector.Load(ref values, i), other = TVector.Load(ref values, i + count);
            TVector magnitude = value & Magnitude, otherMagnitude = other & Magnitude;
            (bits, otherBits) = (bits | value, otherBits | other);
            (largest, otherLargest) = (TVector.Max(largest, magnitude), TVector.Max(otherLargest, otherMagnitude));
            (least, otherLeast) = (TVector.Min(least, magnitude), TVector.Min(otherLeast, otherMagnitude));
        }

        var frame = BlockFrame.Of(TVector.Max(largest, otherLargest).Largest, (bits | otherBits).HasSign);
        hasSmall = TVector.AnyBelow(TVector.Min(least, otherLeast), frame.LeastBits);
        return frame;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Read<TSigned>(ref byte codes, BlockFrame frame, ref float values)
        where TSigned : struct, ISwitch
    {
        TVector exponent = frame.LeastBits - BlockFrame.One, least = frame.LeastBits;
        var count = (nuint)TVector.Count;
        for (nuint i = 0; i < BlockFrame.Length; i += 4 * count)
        {
            var (first, second, third, fourth) = TSigned.IsOn ? TVector.LoadSignedCodes(ref codes, i) : TVector.LoadCodes(ref codes, i);
            Value<TSigned>(first, exponent, least).Store(ref values, i);
            Value<TSigned>(second, exponent, least).Store(ref values, i + count);
            Value<TSigned>(third, exponent, least).Store(ref values, i + (2 * count));
            Value<TSigned>(fourth, exponent, least).Store(ref values, i + (3 * count));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Value<TSigned>(TVector code, TVector exponent, TVector least)
        where TSigned : struct, ISwitch
    {
        var bits = code << BlockFrame.Dropped;
        var magnitude = TSigned.IsOn ? bits & Code : bits;
        var value = TVector.SelectBelow(magnitude, BlockFrame.One, TVector.SubtractFloats(magnitude + least, least), magnitude + exponent);
        return TSigned.IsOn ? value | (bits & ~Magnitude) : value;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Write<TSigned, TSmall, TRounding>(ref float values, BlockFrame frame, uint firstCounter, ref byte codes)
        where TSigned : struct, ISwitch
        where TSmall : struct, ISwitch
        where TRounding : struct, IBlockRounding
    {
        TVector exponent = BlockFrame.One - frame.LeastBits, least = frame.LeastBits;
        var counter = firstCounter + (TVector.Indices * RoundingKey.Stride);
        TVector step = unchecked((uint)TVector.Count * RoundingKey.Stride);
        var count = (nuint)TVector.Count;
        for (nuint i = 0; i < BlockFrame.Length; i += 4 * count)
        {
            var first = CodeOf<TSigned, TSmall, TRounding>(TVector.Load(ref values, i), exponent, least, counter);
            var second = CodeOf<TSigned, TSmall, TRounding>(TVector.Load(ref values, i + count), exponent, least, counter += step);
            var third = CodeOf<TSigned, TSmall, TRounding>(TVector.Load(ref values, i + (2 * count)), exponent, least, counter += step);
            var fourth = CodeOf<TSigned, TSmall, TRounding>(TVector.Load(ref values, i + (3 * count)), exponent, least, counter += step);
            counter += step;
            TVector.StoreCodes(ref codes, i, first, second, third, fourth);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector CodeOf<TSigned, TSmall, TRounding>(TVector value, TVector exponent, TVector least, TVector counter)
        where TSigned : struct, ISwitch
        where TSmall : struct, ISwitch
        where TRounding : struct, IBlockRounding
    {
        var magnitude = TSigned.IsOn ? value & Magnitude : value;
        var bits = magnitude + exponent;

        // Beside the least number of full precision the distance of floats is the same, and so are the distances of codes.
        if (TSmall.IsOn)
            bits = TVector.SelectBelow(magnitude, least, TVector.AddFloats(magnitude, least) - least, bits);
        var code = (bits + TRounding.Addend(bits, counter)) >>> BlockFrame.Dropped;
        if (TSigned.IsOn)
            return code | ((value >>> 24) & BlockFrame.Sign);

        // Zero would be a divisor.
        return TSmall.IsOn ? TVector.Max(code, TVector.Min(magnitude, 1u)) : code;
    }
}
