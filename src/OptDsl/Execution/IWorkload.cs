namespace OptDsl.Execution;

/// <summary>Items of work that may be done in any order and at the same time.</summary>
internal interface IWorkload
{
    /// <summary>How many items there are.</summary>
    int Count { get; }

    /// <summary>Does one item.</summary>
    void Run(int item);
}
