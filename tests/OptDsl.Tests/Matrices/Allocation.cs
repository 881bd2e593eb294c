namespace OptDsl.Tests.Matrices;

internal static class Allocation
{
    /// <summary>The bytes that an action takes, the least of several runs: a collection that others cause counts what was left of a thread's share.</summary>
    public static long Least(Action action) => Enumerable.Range(0, 5).Min(_ =>
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    });
}
