using System.Runtime.CompilerServices;

namespace OptDsl.Mpi.Tests.Infrastructure;

/// <summary>A fact that needs MPICH: skipped, with the reason and the remedy, where it is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MpiFactAttribute : FactAttribute
{
    public MpiFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Skip = Launcher.Missing;
}

/// <summary>A theory that needs MPICH: skipped, with the reason and the remedy, where it is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MpiTheoryAttribute : TheoryAttribute
{
    public MpiTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Skip = Launcher.Missing;
}
