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
            Console.WriteLine($"{type.Name} {Hash<float>(Create<float>(type))} {Hash<double>(Create<double>(type))}");
        foreach (var storage in new[] { Storage.BFloat16, Storage.Block8 })
        {
            foreach (var type in Rules().Where(type => ((IUpdateRule)Activator.CreateInstance(type)!).Description.SupportsStorage))
                Console.WriteLine($"{type.Name}{storage} {Hash<float>(Create<float>(type), storage)} {Hash<double>(Create<double>(type), storage)}");

            // Products with powers of two are exact, so that contracting them changes nothing: with positive gradients, and with both signs.
            Console.WriteLine($"Halving{storage} {Hash<float>(Halving(), storage, Math.Abs)} {Hash<float>(Halving(), storage)}");
        }

        MatrixBits.Print();
    }

    private static Rules.Momentum Halving() => new() { LearningRate = 0.125, Decay = 0.5 };

    private static IUpdateRule<T> Create<T>(Type type)
        where T : unmanaged => (IUpdateRule<T>)Activator.CreateInstance(type)!;

    private static IEnumerable<Type> Rules() =>
        typeof(Rules.Sgd).Assembly.GetExportedTypes().Where(type => type.Namespace == "OptDsl.Rules" && type.IsAssignableTo(typeof(IUpdateRule)))
            .OrderBy(type => type.Name, StringComparer.Ordinal);

    private static string Hash<T>(IUpdateRule<T> rule, Storage storage = Storage.Element, Func<double, double>? ofGradient = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (weights, gradient) = (new T[Length], new T[Length]);
        for (var i = 0; i < Length; i++)
            weights[i] = T.CreateTruncating(Value(i));
        var optimizer = new Optimizer<T> { MaxDegreeOfParallelism = 1, Clipping = GradientClipping.ByGlobalNorm(20) };
        optimizer.Add(rule, new Parameter<T>("w", weights, gradient)).StoreStates(storage);
        for (var step = 1; step <= 4; step++)
        {
            for (var i = 0; i < Length; i++)
                gradient[i] = T.CreateTruncating(ofGradient is null ? Value(i + (7 * step)) : ofGradient(Value(i + (7 * step))));
            optimizer.Step();
        }

        return Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<T>(weights)).AsSpan(0, 8));
    }

    private static double Value(int index) => index % 97 == 0 ? 0 : Math.Sin(0.739 * index);
}
