using OptDsl.Kernels;

namespace OptDsl.Matrices;

/// <summary>Where a tile of sums goes: target = factor · sums + weight · addend.</summary>
internal readonly unsafe struct TileOutput<T>(double factor, double weight, T* target, nint targetStride, T* addend, nint addendStride, int rows, int columns)
    where T : unmanaged
{
    /// <summary>What the sums are multiplied by.</summary>
    public double Factor { get; } = factor;

    /// <summary>What the addend is multiplied by.</summary>
    public double Weight { get; } = weight;

    /// <summary>The first element of the target.</summary>
    public T* Target { get; } = target;

    /// <summary>The distance from one row of the target to the next.</summary>
    public nint TargetStride { get; } = targetStride;

    /// <summary>The first element of what is added; null for nothing. May be the target.</summary>
    public T* Addend { get; } = addend;

    /// <summary>The distance from one row of the addend to the next.</summary>
    public nint AddendStride { get; } = addendStride;

    /// <summary>The number of rows that are part of the result.</summary>
    public int Rows { get; } = rows;

    /// <summary>The number of columns that are part of the result.</summary>
    public int Columns { get; } = columns;

    /// <summary>The same place, to be added to.</summary>
    public TileOutput<T> Continued => new(Factor, 1, Target, TargetStride, Target, TargetStride, Rows, Columns);

    /// <summary>A part of it.</summary>
    /// <param name="row">The first row.</param>
    /// <param name="column">The first column.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    public TileOutput<T> Part(nint row, nint column, int rows, int columns) => new(
        Factor,
        Weight,
        Target + (row * TargetStride) + column,
        TargetStride,
        Addend is null ? null : Addend + (row * AddendStride) + column,
        AddendStride,
        rows,
        columns);

    /// <summary>Puts what is part of the result there, with the operations of whole tiles.</summary>
    /// <param name="tile">The sums.</param>
    /// <param name="stride">The distance from one row of them to the next.</param>
    public void Put(T* tile, nint stride)
    {
        for (nint row = 0; row < Rows; row++)
        {
            for (nint column = 0; column < Columns; column++)
            {
                var sum = ElementPack<T>.Load(ref *tile, (nuint)((row * stride) + column));
                var value = Addend is null
                    ? Factor * sum
                    : ElementPack<T>.MultiplyAdd(Factor, sum, Weight * ElementPack<T>.Load(ref *Addend, (nuint)((row * AddendStride) + column)));
                value.Store(ref *Target, (nuint)((row * TargetStride) + column));
            }
        }
    }
}
