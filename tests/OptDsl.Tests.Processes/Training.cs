namespace OptDsl.Tests.Processes;

/// <summary>A training whose weights at every step are known to killer and victim: whole numbers that floats hold for a million steps.</summary>
public static class Training
{
    private const int Length = 150_000;

    /// <summary>An optimizer of one parameter, <c>w</c>, and the memory of its gradient.</summary>
    public static (Optimizer<float> Optimizer, float[] Gradient) Create()
    {
        var gradient = new float[Length];
        var optimizer = new Optimizer<float> { MaxDegreeOfParallelism = 1 };
        optimizer.Add(new CountingRule(), new Parameter<float>("w", new float[Length], gradient));
        return (optimizer, gradient);
    }

    /// <summary>Trains and saves until the process is killed.</summary>
    public static void SaveForever(string path)
    {
        var (optimizer, gradient) = Create();
        if (File.Exists(path))
            optimizer.Load(path);
        while (true)
        {
            Step(optimizer, gradient);
            optimizer.Save(path);
            Console.WriteLine(optimizer.StepCount);
        }
    }

    /// <summary>Makes the next step.</summary>
    public static void Step(Optimizer<float> optimizer, float[] gradient)
    {
        var step = optimizer.StepCount + 1;
        for (var i = 0; i < gradient.Length; i++)
            gradient[i] = (i % 13) - (step % 5);
        optimizer.Step();
    }

    /// <summary>True where the weights and the state are those after so many steps.</summary>
    public static bool IsAt(Optimizer<float> optimizer, long steps)
    {
        var weights = optimizer.Parameters.First().Value.Span;
        var sums = optimizer.State("w", "s").Span;
        var subtracted = (steps / 5 * 10) + (steps % 5 * ((steps % 5) + 1) / 2);
        for (var i = 0; i < weights.Length; i++)
        {
            var sum = (steps * (i % 13)) - subtracted;
            if (sums[i] != sum || weights[i] != -(sum + (steps * 3)))
                return false;
        }

        return true;
    }
}
