using System.Numerics;
using OptDsl.Rules;

namespace OptDsl.Tests.Runtime;

/// <summary>Runs of optimizers whose states are stored in fewer bits.</summary>
internal static class StoredRuns
{
    public static readonly int[] Lengths = [1, 17, 511, 513, 5000, 16385];

    public static Optimizer<float> Embedding(Storage storage, bool ofRows)
    {
        // Rows share blocks with their neighbours.
        const int Rows = 220;
        var optimizer = new Optimizer<float>();
        var parameter = new Parameter<float>("e", new float[3 * Rows], ofRows ? default : new float[3 * Rows], Rows, 3);
        optimizer.Add(new SgdW { LearningRate = 0.1, Momentum = 0.9 }, parameter).StoreStates(storage);
        for (var t = 0; t < 5; t++)
        {
            var gradient = Enumerable.Range(0, 3 * Rows).Select(i => MathF.Sin((i * 0.3f) + t)).ToArray();
            if (ofRows)
                parameter.SetRowGradient(Enumerable.Range(0, Rows).ToArray(), gradient);
            else
                gradient.CopyTo(parameter.Gradient);
            optimizer.Step();
        }

        return optimizer;
    }

    public static ulong DigestOf<T>(int degree, int chunk, Storage storage)
        where T : unmanaged, INumber<T>
    {
        var optimizer = New<T>(storage);
        optimizer.MaxDegreeOfParallelism = degree;
        optimizer.ParallelThreshold = 0;
        optimizer.ChunkLength = chunk;
        Step(optimizer, 8);
        return DigestOf(optimizer);
    }

    public static ulong DigestOf<T>(Optimizer<T> optimizer)
        where T : unmanaged, INumber<T>
    {
        var digest = new Execution.Fingerprint();
        foreach (var value in Bits(optimizer))
            digest.Add(value);
        return digest.Value;
    }

    public static Optimizer<T> Stepped<T>(int steps, Action<Optimizer<T>>? with = null, Storage storage = Storage.BFloat16)
        where T : unmanaged, INumber<T>
    {
        var optimizer = New<T>(storage);
        with?.Invoke(optimizer);
        Step(optimizer, steps);
        return optimizer;
    }

    public static Optimizer<T> New<T>(Storage storage)
        where T : unmanaged, INumber<T>
    {
        var optimizer = new Optimizer<T>();
        var group = optimizer.Add((IUpdateRule<T>)(object)new AdamW(), Parameters<T>());
        if (storage != Storage.Element)
            group.StoreStates(storage);
        return optimizer;
    }

    public static Parameter<T>[] Parameters<T>()
        where T : unmanaged, INumber<T> =>
        [.. Lengths.Select((length, i) => new Parameter<T>($"p{i}", Enumerable.Range(0, length).Select(j => T.CreateTruncating(Math.Cos(j + i))).ToArray(), new T[length]))];

    public static void Step<T>(Optimizer<T> optimizer, int steps)
        where T : unmanaged, INumber<T>
    {
        for (var t = 0; t < steps; t++)
        {
            foreach (var parameter in optimizer.Parameters)
            {
                for (var i = 0; i < parameter.Length; i++)
                    parameter.Gradient.Span[i] = T.CreateTruncating(Math.Sin((i * 0.37) + (optimizer.StepCount * 1.3)) * (1 + (i % 7)));
            }

            optimizer.Step();
        }
    }

    public static List<double> Bits<T>(Optimizer<T> optimizer)
        where T : unmanaged, INumber<T> =>
        [.. optimizer.Parameters.SelectMany(parameter => parameter.Value.ToArray().Concat(optimizer.States(parameter.Name).Values.SelectMany(state => state.ToArray()))).Select(double.CreateTruncating)];
}
