using System.Runtime.CompilerServices;
using OptDsl.Kernels;

namespace OptDsl.Matrices;

/// <summary>
/// What of a product stays in registers: a few rows by two packs of columns. An element is the sum of its products one after the
/// other, each rounded once, so that it has the same bits in every tile, alone or among others, and for packs of any width.
/// </summary>
internal static unsafe class ProductTile<T, TPack>
    where T : unmanaged
    where TPack : struct, IPack<TPack>, IPack<TPack, T>
{
    /// <summary>The number of rows: as many as leave, with 16 registers, one for each pack of columns and one for an element.</summary>
    public const int Rows = 6;

    /// <summary>The number of elements of the largest tile: of two vectors of 512 bits.</summary>
    public const int MaxLength = Rows * 2 * 64 / sizeof(float);

    /// <summary>The number of columns.</summary>
    public static int Columns => 2 * TPack.Count;

    /// <summary>Adds the product of two slivers to a tile. Nothing is called here, so that all sums stay in registers.</summary>
    /// <param name="left">For each step of depth the elements of the rows.</param>
    /// <param name="right">For each step of depth the elements of the columns.</param>
    /// <param name="depth">The number of products that make an element.</param>
    /// <param name="output">Where the whole tile goes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(T* left, T* right, nint depth, in TileOutput<T> output)
    {
        TPack c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        TPack c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        var width = (nuint)TPack.Count;
        for (; depth > 0; depth--)
        {
            var b0 = TPack.Load(ref *right, 0);
            var b1 = TPack.Load(ref *right, width);

            var a = TPack.Repeat(left[0]);
            c00 = TPack.MultiplyAdd(a, b0, c00);
            c01 = TPack.MultiplyAdd(a, b1, c01);

            a = TPack.Repeat(left[1]);
            c10 = TPack.MultiplyAdd(a, b0, c10);
            c11 = TPack.MultiplyAdd(a, b1, c11);

            a = TPack.Repeat(left[2]);
            c20 = TPack.MultiplyAdd(a, b0, c20);
            c21 = TPack.MultiplyAdd(a, b1, c21);

            a = TPack.Repeat(left[3]);
            c30 = TPack.MultiplyAdd(a, b0, c30);
            c31 = TPack.MultiplyAdd(a, b1, c31);

            a = TPack.Repeat(left[4]);
            c40 = TPack.MultiplyAdd(a, b0, c40);
            c41 = TPack.MultiplyAdd(a, b1, c41);

            a = TPack.Repeat(left[5]);
            c50 = TPack.MultiplyAdd(a, b0, c50);
            c51 = TPack.MultiplyAdd(a, b1, c51);

            left += Rows;
            right += 2 * width;
        }

        Put(c00, c01, 0, output);
        Put(c10, c11, 1, output);
        Put(c20, c21, 2, output);
        Put(c30, c31, 3, output);
        Put(c40, c41, 4, output);
        Put(c50, c51, 5, output);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(TPack first, TPack second, nint row, in TileOutput<T> output)
    {
        var width = (nuint)TPack.Count;
        var target = output.Target + (row * output.TargetStride);
        TPack factor = output.Factor;
        if (output.Addend is null)
        {
            (factor * first).Store(ref *target, 0);
            (factor * second).Store(ref *target, width);
            return;
        }

        var addend = output.Addend + (row * output.AddendStride);
        TPack weight = output.Weight;
        TPack.MultiplyAdd(factor, first, weight * TPack.Load(ref *addend, 0)).Store(ref *target, 0);
        TPack.MultiplyAdd(factor, second, weight * TPack.Load(ref *addend, width)).Store(ref *target, width);
    }
}
