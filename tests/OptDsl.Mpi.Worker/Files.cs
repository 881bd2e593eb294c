namespace OptDsl.Mpi.Worker;

/// <summary>Checkpoints of several ranks.</summary>
internal static class Files
{
    public static int Save(World world, string path, string scenario, int calls)
    {
        var run = Create(world, scenario);
        run.Run(calls);
        run.Optimizer.Save(path);
        return 0;
    }

    public static int Load(World world, string path, string scenario, int calls)
    {
        var run = Create(world, scenario);
        run.Optimizer.Load(path);
        run.Calls = (int)run.Optimizer.StepCount;
        run.Run(calls);
        var digest = run.Digest();
        if (world.Rank == 0)
            Console.WriteLine(digest);
        return 0;
    }

    /// <summary>Trains and saves until it is killed.</summary>
    public static int Train(World world, string path)
    {
        var run = Create(world, "averages and lookahead");
        if (File.Exists(path))
        {
            run.Optimizer.Load(path);
            run.Calls = (int)run.Optimizer.StepCount;
        }

        Program.Say(world, $"process {Environment.ProcessId}");
        while (true)
        {
            run.Run(1);
            run.Optimizer.Save(path);
            if (world.Rank == 0)
                Console.WriteLine($"saved {run.Optimizer.StepCount}");
        }
    }

    private static ScenarioRun<float> Create(World world, string scenario) =>
        new(Scenario.All.Single(one => one.Name == scenario), new ShardedOptimizer<float>(world), world.Rank, world.Size);
}
