using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace OptDsl.Kernels;

/// <summary>States of <see cref="Storage.Block8"/> in passes over floats.</summary>
/// <typeparam name="TOthers">What the other states are in memory; <see cref="ElementStates"/> where there are none.</typeparam>
/// <param name="run">Where the states are.</param>
/// <param name="others">The other states.</param>
internal readonly unsafe struct BlockStates<TOthers>(BlockRun* run, TOthers others) : IStateMemory
    where TOthers : struct, IStateMemory
{
    private readonly BlockRun* _run = run;
    private readonly TOthers _others = others;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MoveTo(nuint index)
    {
        if (index % BlockFrame.Length == 0)
            BlockRun.MoveTo(_run, index);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TPack Load<TPack, T>(int state, ref T memory, nuint index)
        where TPack : struct, IPack<TPack>, IPack<TPack, T>
        where T : unmanaged
    {
        if (IsOther(state))
            return _others.Load<TPack, T>(state, ref memory, index);
        ref var codes = ref Unsafe.As<T, byte>(ref memory);
        var place = BlockRun.Place(_run, state);
        if (TPack.Count == Vector512<float>.Count)
            return Unsafe.BitCast<Vector512<float>, TPack>(Values512(ref codes, index, place));
        if (TPack.Count == Vector256<float>.Count)
            return Unsafe.BitCast<Vector256<float>, TPack>(Values256(ref codes, index, place));
        return TPack.Count == Vector128<float>.Count
            ? Unsafe.BitCast<Vector128<float>, TPack>(Values128(ref codes, index, place))
            : Unsafe.BitCast<float, TPack>(Value(ref codes, index, place));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store<TPack, T>(int state, TPack value, ref T memory, nuint index)
        where TPack : struct, IPack<TPack>, IPack<TPack, T>
        where T : unmanaged
    {
        if (IsOther(state))
            _others.Store(state, value, ref memory, index);
        else
            value.Store(ref *(T*)BlockRun.Place(_run, state)->Values, index % BlockFrame.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsOther(int state) => typeof(TOthers) != typeof(ElementStates) && !_run->Has(state);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Values512(ref byte codes, nuint index, BlockPlace* place)
    {
        var sixteen = Vector128.LoadUnsafe(ref codes, index).AsSByte();
        var wide = Avx512F.IsSupported ? Avx512F.ConvertToVector512Int32(sixteen)
            : Vector512.Create(Vector256.Create(Widen(sixteen, 0), Widen(sixteen, 4)), Vector256.Create(Widen(sixteen, 8), Widen(sixteen, 12)));
        return ((wide << BlockFrame.Dropped).AsUInt32() & Vector512.Create(place->Mask)).AsSingle() * Vector512.Create(BlockFrame.Unit) * Vector512.Create(place->Factor);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Values256(ref byte codes, nuint index, BlockPlace* place)
    {
        var eight = Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref codes, index))).AsSByte();
        var wide = Avx2.IsSupported ? Avx2.ConvertToVector256Int32(eight) : Vector256.Create(Widen(eight, 0), Widen(eight, 4));
        return ((wide << BlockFrame.Dropped).AsUInt32() & Vector256.Create(place->Mask)).AsSingle() * Vector256.Create(BlockFrame.Unit) * Vector256.Create(place->Factor);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Values128(ref byte codes, nuint index, BlockPlace* place)
    {
        var wide = Widen(Vector128.CreateScalar(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref codes, index))).AsSByte(), 0);
        return ((wide << BlockFrame.Dropped).AsUInt32() & Vector128.Create(place->Mask)).AsSingle() * Vector128.Create(BlockFrame.Unit) * Vector128.Create(place->Factor);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Value(ref byte codes, nuint index, BlockPlace* place) =>
        BitConverter.UInt32BitsToSingle((uint)((sbyte)Unsafe.Add(ref codes, index) << BlockFrame.Dropped) & place->Mask) * BlockFrame.Unit * place->Factor;

    // Four of them from one on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Widen(Vector128<sbyte> codes, int first)
    {
        var eight = first < 8 ? Vector128.WidenLower(codes) : Vector128.WidenUpper(codes);
        return first % 8 == 0 ? Vector128.WidenLower(eight) : Vector128.WidenUpper(eight);
    }
}
