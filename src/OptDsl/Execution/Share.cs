namespace OptDsl.Execution;

/// <summary>The part of a tensor whose states this process keeps and that it steps: all of it, unless several processes share it.</summary>
/// <param name="Start">The first element.</param>
/// <param name="End">The one after the last.</param>
internal readonly record struct Share(int Start, int End)
{
    /// <summary>The number of elements.</summary>
    public int Length => End - Start;

    /// <summary>All of a tensor.</summary>
    public static Share Whole(int length) => new(0, length);
}
