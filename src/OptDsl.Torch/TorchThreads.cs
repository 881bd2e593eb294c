using System.Runtime.InteropServices;

namespace OptDsl.Torch;

/// <summary>How the threads of libtorch wait for work.</summary>
public static partial class TorchThreads
{
    private const string Policy = "OMP_WAIT_POLICY";
    private const string SpinCount = "GOMP_SPINCOUNT";

    /// <summary>True where this program has asked the threads to sleep.</summary>
    public static bool AreAsked { get; private set; }

    /// <summary>
    /// Asks libtorch's threads to sleep while they wait for work, where they otherwise spin for milliseconds after each operation, on
    /// the processors that a step of the optimizer needs. Has an effect only before libtorch is loaded, on Linux, and where the
    /// environment does not say how they wait (<c>OMP_WAIT_POLICY</c>, <c>GOMP_SPINCOUNT</c>).
    /// </summary>
    /// <remarks>
    /// C# programs that reference the package call it before <c>Main</c>, unless the project sets
    /// <c>OptDslTorchSleepingThreads</c> to false. Others call it first thing, or set <c>OMP_WAIT_POLICY=passive</c> in the environment.
    /// </remarks>
    /// <returns>True where they were asked.</returns>
    public static bool AskToSleep()
    {
        // The variables of this process as native libraries see them: those that .NET sets are its own.
        if (!OperatingSystem.IsLinux() || GetEnvironmentVariable(Policy) != 0 || GetEnvironmentVariable(SpinCount) != 0)
            return false;
        AreAsked = SetEnvironmentVariable(Policy, "passive", 0) == 0;
        return AreAsked;
    }

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetEnvironmentVariable(string name);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironmentVariable(string name, string value, int overwrite);
}
