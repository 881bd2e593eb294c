using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace OptDsl.Kernels;

/// <summary>Which element-wise states are narrower in memory than the elements, and how values become so. For generated code.</summary>
/// <param name="bfloat16">A bit for each state: set for one that is <see cref="Storage.BFloat16"/>.</param>
/// <param name="nearest">A bit for each state: set for one that is rounded to the nearest.</param>
/// <param name="isUniform">True where all are <see cref="Storage.BFloat16"/>, with <see cref="Rounding.Stochastic"/>.</param>
/// <param name="key">What decides how values are rounded in this step of this tensor.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct StatePacking(ulong bfloat16, ulong nearest, bool isUniform, RoundingKey key)
{
    /// <summary>More states than this have no packing.</summary>
    public const int MostStates = 64;

    private readonly ulong _bfloat16 = bfloat16;
    private readonly ulong _nearest = nearest;

    /// <summary>True where all states are of the type of the elements.</summary>
    public bool IsNone => _bfloat16 == 0;

    /// <summary>True where all are <see cref="Storage.BFloat16"/>, with <see cref="Rounding.Stochastic"/>.</summary>
    public bool IsUniform { get; } = isUniform;

    /// <summary>What decides how values are rounded.</summary>
    public RoundingKey Key { get; } = key;

    /// <summary>True for a state that is <see cref="Storage.BFloat16"/>.</summary>
    /// <param name="state">Its position among the element-wise states.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsBFloat16(int state) => (_bfloat16 & (1UL << state)) != 0;

    /// <summary>True for a state that is rounded to the nearest.</summary>
    /// <param name="state">Its position among the element-wise states.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsNearest(int state) => (_nearest & (1UL << state)) != 0;
}
