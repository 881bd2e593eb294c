namespace OptDsl.Mpi.Faults;

/// <summary>What a rank says before anything is done together.</summary>
/// <param name="Deed">A digest of what it does.</param>
/// <param name="Terms">A digest of what must be equal.</param>
/// <param name="Marks">Whether it has failed, wishes something, or leaves.</param>
internal readonly record struct Ballot(ulong Deed, ulong Terms, BallotMarks Marks);

/// <summary>What else a rank says.</summary>
[Flags]
internal enum BallotMarks : ulong
{
    None = 0,
    Failed = 1,
    Wishes = 2,
    Leaves = 4,
}
