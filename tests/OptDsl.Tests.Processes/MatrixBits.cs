using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using OptDsl.Matrices;

namespace OptDsl.Tests.Processes;

/// <summary>What the kernels of matrices compute, to the last bit, with the vectors that this process has.</summary>
internal static class MatrixBits
{
    // Whole tiles of every width, and a rest.
    private const int Size = 75;

    /// <summary>Prints a line for each function.</summary>
    public static void Print()
    {
        foreach (var (line, other) in Lines<float>().Zip(Lines<double>()))
            Console.WriteLine($"{line.Name} {line.Hash} {other.Hash}");
    }

    private static IEnumerable<(string Name, string Hash)> Lines<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var workspace = new MatrixWorkspace();
        var (matrix, square, result) = (new T[Size * Size], new T[Size * Size], new T[Size * Size]);
        for (var i = 0; i < matrix.Length; i++)
            matrix[i] = T.CreateTruncating(Math.Sin(0.739 * i * (1 + (i % 7))) / Size);
        MatrixMath.MultiplyByTranspose<T>(1, new(matrix, Size, Size), 0, [], square, workspace);
        yield return (nameof(MatrixMath.MultiplyByTranspose), Hash(square));
        MatrixMath.Multiply<T>(new(matrix, Size, Size), new Matrix<T>(square, Size, Size).Transposed, result, workspace);
        yield return (nameof(MatrixMath.Multiply), Hash(result));
        MatrixMath.NewtonSchulz<T>(new(matrix, Size, Size), coefficients: 2, steps: 8, result, workspace);
        yield return (nameof(MatrixMath.NewtonSchulz), Hash(result));
        MatrixMath.PolarFactor<T>(new(matrix, Size, Size), result, workspace);
        yield return (nameof(MatrixMath.PolarFactor), Hash(result));
        MatrixMath.InverseRoot<T>(new(square, Size, Size), order: 4, result, workspace);
        yield return (nameof(MatrixMath.InverseRoot), Hash(result));
        MatrixMath.Eigenvectors<T>(new(square, Size, Size), result, workspace);
        yield return (nameof(MatrixMath.Eigenvectors), Hash(result));
        MatrixMath.Orthogonal<T>(new(matrix, Size, Size), result, workspace);
        yield return (nameof(MatrixMath.Orthogonal), Hash(result));
    }

    private static string Hash<T>(T[] elements)
        where T : unmanaged => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<T>(elements)).AsSpan(0, 8));
}
