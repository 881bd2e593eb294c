namespace OptDsl.Mpi;

/// <summary>The ranks cannot go on together: one has failed, has died, does something else or has something else. All ranks throw it, with the same message.</summary>
public sealed class WorldException : Exception
{
    internal WorldException(string message, bool isFinal = false, Exception? innerException = null)
        : base(message, innerException) => IsFinal = isFinal;

    /// <summary>
    /// True where a rank is lost, so that nothing can be done together any more: start the job again, from the last checkpoint. False
    /// where all ranks are there, and may go on, as after a file that could not be written.
    /// </summary>
    public bool IsFinal { get; }
}
