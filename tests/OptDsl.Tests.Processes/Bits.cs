using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace OptDsl.Tests.Processes;

/// <summary>What every rule of the library computes, to the last bit, with the vectors that this process has.</summary>
public static class Bits
{
    // Whole vectors of every width, and a rest.
    private const int Length = 1339;

    /// <summary>Prints the width of the widest vectors, then a line for each rule and each function of matrices.</summary>
    public static void Print()
    {
        Console.WriteLine(Vector512.IsHardwareAccelerated ? 512 : 8 * Vector<byte>.Count);
        foreach (var type in Rules())
            Console.WriteLine($"{type.Name} {Hash<float>(type)} {Hash<double>(type)}");
        MatrixBits.Print();
    }

    private static IEnumerable<Type> Rules() =>
        typeof(Rules.Sgd).Assembly.GetExportedTypes().Where(type => type.Namespace == "OptDsl.Rules" && type.IsAssignableTo(typeof(IUpdateRule)))
            .OrderBy(type => type.Name, StringComparer.Ordinal);

    private static string Hash<T>(Type type)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (weights, gradient) = (new T[Length], new T[Length]);
        for (var i = 0; i < Length; i++)
            weights[i] = Value<T>(i);
        var optimizer = new Optimizer<T> { MaxDegreeOfParallelism = 1, Clipping = GradientClipping.ByGlobalNorm(20) };
        optimizer.Add((IUpdateRule<T>)Activator.CreateInstance(type)!, new Parameter<T>("w", weights, gradient));
        for (var step = 1; step <= 4; step++)
        {
            for (var i = 0; i < Length; i++)
                gradient[i] = Value<T>(i + (7 * step));
            optimizer.Step();
        }

        return Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<T>(weights)).AsSpan(0, 8));
    }

    private static T Value<T>(int index)
        where T : IBinaryFloatingPointIeee754<T> => index % 97 == 0 ? T.Zero : T.CreateTruncating(Math.Sin(0.739 * index));
}
