using System.Reflection;
using System.Runtime.InteropServices;

namespace OptDsl.Mpi;

/// <summary>
/// Finds the machine's MPI library for MPI.NET, which is bound to MS-MPI: MPICH, Intel MPI and MVAPICH have the same binary interface, Open MPI
/// has not. What MPI.NET does not have is called here.
/// </summary>
internal static unsafe class MpiLibrary
{
    /// <summary>The environment variable with the path or name of the library, where it is not found by itself.</summary>
    public const string Variable = "OPTDSL_MPI_LIBRARY";

    private static readonly Lazy<(nint Handle, string Name)> s_library = new(Find);
    private static int s_isRegistered;

    private static string[] Candidates => OperatingSystem.IsWindows() ? ["msmpi.dll", "impi.dll"]
        : OperatingSystem.IsMacOS() ? ["libmpi.12.dylib", "libmpich.12.dylib", "libpmpi.12.dylib"]
        : ["libmpich.so.12", "libmpi.so.12", "libmpich.so", "libmpi_abi.so"];

    private static string[] OpenMpi => OperatingSystem.IsMacOS() ? ["libmpi.40.dylib"] : OperatingSystem.IsWindows() ? [] : ["libmpi.so.40", "libmpi.so.20", "libmpi.so.12", "libmpi.so"];

    /// <summary>The name of the library that was loaded.</summary>
    public static string Name => s_library.Value.Name;

    /// <summary>Makes MPI.NET use the library that is there.</summary>
    /// <exception cref="DllNotFoundException">There is none with the right binary interface.</exception>
    public static void Use()
    {
        _ = s_library.Value;
        if (Interlocked.Exchange(ref s_isRegistered, 1) == 0)
            NativeLibrary.SetDllImportResolver(typeof(MPI.Environment).Assembly, (name, _, _) => name.Contains("msmpi", StringComparison.OrdinalIgnoreCase) ? s_library.Value.Handle : 0);
    }

    /// <summary>Makes calls on a communicator return errors instead of ending the process: MPI.NET has only the call that MPI 3 has dropped.</summary>
    public static int ReturnErrors(int communicator) =>
        NativeLibrary.TryGetExport(s_library.Value.Handle, "MPI_Comm_set_errhandler", out var function)
            ? ((delegate* unmanaged<int, int, int>)function)(communicator, MPI.Unsafe.MPI_ERRORS_RETURN)
            : MPI.Unsafe.MPI_Errhandler_set(communicator, MPI.Unsafe.MPI_ERRORS_RETURN);

    /// <summary>What the library calls itself, in a line.</summary>
    public static string Version
    {
        get
        {
            if (!NativeLibrary.TryGetExport(s_library.Value.Handle, "MPI_Get_library_version", out var function))
                return Name;
            Span<byte> text = stackalloc byte[16384];
            int length;
            fixed (byte* first = text)
                _ = ((delegate* unmanaged<byte*, int*, int>)function)(first, &length);
            return string.Join(' ', System.Text.Encoding.UTF8.GetString(text[..Math.Clamp(length, 0, text.Length)]).Split('\n')[0].Split((char[])['\t', ' ', '\0'], StringSplitOptions.RemoveEmptyEntries));
        }
    }

    private static (nint, string) Find()
    {
        if (System.Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen)
        {
            if (!TryLoad(chosen, out var handle))
                throw new DllNotFoundException($"The library '{chosen}', which the environment variable {Variable} names, cannot be loaded.");
            return IsOpenMpi(handle) ? throw OtherInterface($"'{chosen}', which the environment variable {Variable} names, is Open MPI") : (handle, chosen);
        }

        foreach (var name in Candidates)
        {
            if (TryLoad(name, out var handle) && !IsOpenMpi(handle))
                return (handle, name);
        }

        if (Array.Exists(OpenMpi, name => TryLoad(name, out var handle) && IsOpenMpi(handle)))
            throw OtherInterface("Only Open MPI was found");
        throw new DllNotFoundException(
            $"No MPI library was found; tried {string.Join(", ", Candidates)}. Install MPICH (Debian and Ubuntu: apt install mpich; macOS: brew install mpich; Windows: MS-MPI), or name another library with its binary interface in the environment variable {Variable}.");
    }

    private static DllNotFoundException OtherInterface(string what) => new(
        $"{what}, whose binary interface is another than that of MPICH, which this package speaks. Install MPICH beside it (Debian and Ubuntu: apt install mpich, and start with mpiexec.mpich), or name the library of MPICH, Intel MPI or MVAPICH in the environment variable {Variable}.");

    private static bool TryLoad(string name, out nint handle) => NativeLibrary.TryLoad(name, Assembly.GetExecutingAssembly(), null, out handle);

    private static bool IsOpenMpi(nint handle) => NativeLibrary.TryGetExport(handle, "ompi_mpi_comm_world", out _);
}
