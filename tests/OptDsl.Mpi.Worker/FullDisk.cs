using System.ComponentModel;
using System.Runtime.InteropServices;

namespace OptDsl.Mpi.Worker;

/// <summary>Lets this process write no file beyond its first KiB, as where a disk is full or a quota is used up.</summary>
internal static partial class FullDisk
{
    private const int FileSize = 1;
    private const int FileSizeSignal = 25;

    public static void Begin()
    {
        // Otherwise the signal ends the process before the write can fail.
        Signal(FileSizeSignal, 1);
        if (SetLimit(FileSize, [1024, 1024]) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int signal, nint ignore);

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, ReadOnlySpan<ulong> limits);
}
