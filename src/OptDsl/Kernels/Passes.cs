using System.ComponentModel;

namespace OptDsl.Kernels;

/// <summary>Chooses how a pass reads the gradient and what the states are in memory, once for a slice. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Passes
{
    /// <summary>Runs one pass over a slice of one tensor.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <typeparam name="TPasses">The passes of the rule.</typeparam>
    /// <param name="pass">The pass, from 0.</param>
    /// <param name="slice">The slice and the values that the pass needs.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such pass.</exception>
    public static void Run<T, TPasses>(int pass, in PassSlice<T> slice)
        where T : unmanaged
        where TPasses : struct, IPasses
    {
        Check<TPasses>(pass);
        if (slice.Transform.Zero && pass == TPasses.LastOfGradient)
            Run<T, TPasses, ConsumedGradient<T>>(pass, new(slice.Transform), slice);
        else if (slice.Transform.IsIdentity)
            Run<T, TPasses, PlainGradient<T>>(pass, default, slice);
        else
            Run<T, TPasses, ScaledGradient<T>>(pass, new(slice.Transform), slice);
    }

    /// <summary>Runs one pass over whole tensors.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <typeparam name="TPasses">The passes of the rule.</typeparam>
    /// <param name="pass">The pass, from 0.</param>
    /// <param name="batch">The tensors and the values that the pass needs.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such pass.</exception>
    public static void Run<T, TPasses>(int pass, in PassBatch<T> batch)
        where T : unmanaged
        where TPasses : struct, IPasses
    {
        Check<TPasses>(pass);
        if (batch.Transform.Zero && pass == TPasses.LastOfGradient)
            Run<T, TPasses, ConsumedGradient<T>>(pass, new(batch.Transform), batch);
        else if (batch.Transform.IsIdentity)
            Run<T, TPasses, PlainGradient<T>>(pass, default, batch);
        else
            Run<T, TPasses, ScaledGradient<T>>(pass, new(batch.Transform), batch);
    }

    private static void Run<T, TPasses, TGradient>(int pass, TGradient gradient, in PassBatch<T> batch)
        where T : unmanaged
        where TPasses : struct, IPasses
        where TGradient : struct, IGradientReader<T>
    {
        var slice = batch.Begin();
        for (var i = 0; i < batch.Count; i++)
        {
            batch.Move(ref slice, i);
            if (batch.HasElementStates)
                TPasses.Run<T, TGradient, ElementStates>(pass, gradient, default, slice);
            else
                Run<T, TPasses, TGradient>(pass, gradient, slice);
        }
    }

    private static void Check<TPasses>(int pass)
        where TPasses : struct, IPasses
    {
        if ((uint)pass >= (uint)TPasses.Count)
            throw new ArgumentOutOfRangeException(nameof(pass), pass, $"The rule has {TPasses.Count} passes.");
    }

    private static void Run<T, TPasses, TGradient>(int pass, TGradient gradient, in PassSlice<T> slice)
        where T : unmanaged
        where TPasses : struct, IPasses
        where TGradient : struct, IGradientReader<T>
    {
        if (typeof(T) == typeof(float) && HasRun(slice))
            RunBlocks<T, TPasses, TGradient>(pass, gradient, slice);
        else if (slice.Packing.IsNone)
            TPasses.Run<T, TGradient, ElementStates>(pass, gradient, default, slice);
        else if (slice.Packing.IsUniform)
            TPasses.Run<T, TGradient, BFloat16States>(pass, gradient, new(slice.Packing.Key), slice);
        else
            TPasses.Run<T, TGradient, MixedStates>(pass, gradient, new(slice.Packing), slice);
    }

    private static unsafe bool HasRun<T>(in PassSlice<T> slice)
        where T : unmanaged => slice.Run is not null;

    private static unsafe void RunBlocks<T, TPasses, TGradient>(int pass, TGradient gradient, in PassSlice<T> slice)
        where T : unmanaged
        where TPasses : struct, IPasses
        where TGradient : struct, IGradientReader<T>
    {
        if (slice.Run->IsUniform)
            TPasses.Run<T, TGradient, BlockStates<ElementStates>>(pass, gradient, new(slice.Run, default), slice);
        else
            TPasses.Run<T, TGradient, BlockStates<MixedStates>>(pass, gradient, new(slice.Run, new(slice.Packing)), slice);
    }
}
