namespace OptDsl.Execution;

/// <summary>Items of work that may be done in any order and at the same time.</summary>
internal interface IWorkload
{
    /// <summary>How many items there are.</summary>
    int Count { get; }

    /// <summary>Does some items that follow one another.</summary>
    /// <param name="first">The first.</param>
    /// <param name="end">The one after the last.</param>
    void Run(int first, int end);
}
