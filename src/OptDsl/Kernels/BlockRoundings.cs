using System.Runtime.CompilerServices;

namespace OptDsl.Kernels;

/// <summary>What is added to the bits of a value before those are dropped that its code does not have.</summary>
internal interface IBlockRounding
{
    /// <summary>What is added.</summary>
    /// <param name="bits">The bits, of which the lower <see cref="BlockFrame.Dropped"/> are dropped.</param>
    /// <param name="counter">The counters of the elements: see <see cref="RoundingKey"/>.</param>
    static abstract TVector Addend<TVector>(TVector bits, TVector counter)
        where TVector : struct, IBlockVector<TVector>;
}

/// <summary>The upper random bits, as many as are dropped.</summary>
internal readonly struct UpperBits : IBlockRounding
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Addend<TVector>(TVector bits, TVector counter)
        where TVector : struct, IBlockVector<TVector> => ((counter ^ (counter >>> RoundingKey.Shift)) * RoundingKey.Factor) >>> (32 - BlockFrame.Dropped);
}

/// <summary>The lower random bits.</summary>
internal readonly struct LowerBits : IBlockRounding
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Addend<TVector>(TVector bits, TVector counter)
        where TVector : struct, IBlockVector<TVector> => ((counter ^ (counter >>> RoundingKey.Shift)) * RoundingKey.Factor) & ((1u << BlockFrame.Dropped) - 1);
}

/// <summary>Half of what is dropped, less a little where the code is even: to the nearest code, or to the even one between two.</summary>
internal readonly struct NearestCode : IBlockRounding
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Addend<TVector>(TVector bits, TVector counter)
        where TVector : struct, IBlockVector<TVector> => ((bits >>> BlockFrame.Dropped) & 1u) + ((1u << (BlockFrame.Dropped - 1)) - 1);
}
