using OptDsl.Rules;
using OptDsl.Rules.Matrices;

namespace OptDsl.Mpi.Worker;

/// <summary>What goes wrong on the last rank.</summary>
internal static class Faults
{
    public static int Run(World world, string kind, string[] rest)
    {
        var isLast = world.Rank == world.Size - 1;
        var (weights, gradient) = (new float[5000], new float[5000]);
        gradient.AsSpan().Fill(0.5f);
        var optimizer = new ShardedOptimizer<float>(world);
        var rate = new Func<long, double>(step => isLast && step == 3 && kind == "schedule" ? throw new InvalidOperationException("No rate today.") : 0.01);
        IUpdateRule<float> rule = kind == "rule" && isLast ? new Lion() : new AdamW { LearningRate = Schedule.From(rate), WeightDecay = kind == "decay" && isLast ? 0.2 : 0.1 };
        if (kind == "pass")
            rule = new FailingRule(isLast ? 3 : 0);
        if (kind == "matrix")
            rule = new Muon();
        if (kind == "weights" || kind == "broadcast")
            weights[77] = world.Rank;
        optimizer.Add(rule, new Parameter<float>(kind == "name" && isLast ? "v" : "w", weights, gradient, kind == "shape" && isLast ? [50, 100] : [100, 50]));
        if (kind == "more" && isLast)
            optimizer.Add(new AdamW(), new Parameter<float>("more", new float[3], new float[3]));
        if (kind == "clipping" && isLast)
            optimizer.Clipping = GradientClipping.ByGlobalNorm(1);
        if (kind is "throw" or "skip")
            optimizer.NonFiniteGradients = kind == "throw" ? NonFinitePolicy.Throw : NonFinitePolicy.Skip;
        if (kind == "broadcast")
            optimizer.BroadcastWeights();
        for (var step = 1; step <= 4; step++)
        {
            if (step == 3 && world.Rank == 0 && kind == "full first")
                FullDisk.Begin();
            if (step == 3 && isLast)
            {
                switch (kind)
                {
                    case "throw" or "skip":
                        gradient[3210] = float.NaN;
                        break;
                    case "missing":
                        optimizer.Parameters.Single().Gradient = null;
                        break;
                    case "order":
                        optimizer.Save(rest[0]);
                        break;
                    case "full":
                        FullDisk.Begin();
                        break;
                    case "leave":
                        return 0;
                    case "crash":
                        Task.Run(() => throw new InvalidOperationException("A bug.")).Wait();
                        break;
                    case "kill":
                        Environment.FailFast("Killed.");
                        break;
                    case "timeout":
                        world.Timeout = TimeSpan.FromSeconds(30);
                        Thread.Sleep(8000);
                        break;
                }
            }

            if (kind == "timeout" && !isLast)
                world.Timeout = TimeSpan.FromSeconds(3);
            optimizer.Step();
            gradient.AsSpan().Fill(0.5f);
            if (kind.StartsWith("full", StringComparison.Ordinal) && step >= 2)
                optimizer.Save(rest[0]);
        }

        Program.Say(world, $"done, {optimizer.StepCount} steps, {optimizer.SkippedSteps} skipped");
        return 0;
    }
}
