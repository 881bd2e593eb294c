using OptDsl.Rules;

namespace OptDsl.Mpi.Worker;

/// <summary>The bytes of states that each rank has after a step.</summary>
public static class StateMemory
{
    public static int Run(World world)
    {
        Program.Say(world, $"{Of(new ShardedOptimizer<float>(world))}");
        return 0;
    }

    /// <summary>The bytes of an optimizer's states, of tensors large and small.</summary>
    public static long Of(Optimizer<float> optimizer)
    {
        optimizer.Add(new AdamW(), [.. new[] { 300_000, 7, 4_096, 50_000, 1 }.Select((length, index) => new Parameter<float>($"w{index}", new float[length], new float[length]))]);
        optimizer.Step();
        return optimizer.Groups.Sum(group => group.StateBytes);
    }
}
