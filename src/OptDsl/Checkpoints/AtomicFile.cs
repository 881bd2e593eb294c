using System.Security.Cryptography;
using System.Text;

namespace OptDsl.Checkpoints;

/// <summary>
/// Writes a file so that a crash at any moment leaves the old file or the new one, complete. Of several who write the same file
/// at the same time each writes a file of its own, and the last to finish leaves the one that stays.
/// </summary>
internal static class AtomicFile
{
    /// <summary>How the name of a file ends while it is being written. What a crash leaves, the next write of the same file removes.</summary>
    public const string PartialSuffix = ".partial";

    private const int BufferLength = 1 << 16;
    private const int MostLinks = 40;
    private const int MostAttempts = 16;

    // Enough to tell files and writers apart, and short enough for every folder.
    private const int BytesOfAName = 8;

    /// <summary>Replaces a file, or makes it.</summary>
    /// <param name="path">The file; a link stays one, and the file that it points to is replaced.</param>
    /// <param name="write">Writes the contents.</param>
    /// <exception cref="IOException">The file cannot be written; the old file, if any, is untouched.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written; the old file, if any, is untouched.</exception>
    public static void Write(string path, Action<FileStream> write)
    {
        var partial = "";
        try
        {
            var target = TargetOf(path);
            if (Directory.Exists(target))
                throw new IOException("it is a folder");
            var prefix = Path.Combine(Path.GetDirectoryName(target)!, $".{Digest(Path.GetFileName(target))}.");
            using var stream = CreateOwn(prefix, ModeOf(target), out partial);
            RemoveLeftovers(prefix, except: partial);
            try
            {
                write(stream);
                stream.Flush(flushToDisk: true);

                // Still open, and so still locked: nobody takes it for what a crash has left.
                File.Move(partial, target, overwrite: true);
            }
            catch
            {
                File.Delete(partial);
                Abandon(stream);
                throw;
            }
        }
        catch (Exception exception) when (IsOfFiles(exception))
        {
            throw About(path, partial, exception);
        }
    }

    /// <summary>Closes a file that is given up: what could not be written is tried again then, and would hide what was wrong.</summary>
    private static void Abandon(FileStream stream)
    {
        try
        {
            stream.Dispose();
        }
        catch (Exception exception) when (IsOfFiles(exception))
        {
            // The failure before it is the one to tell.
        }
    }

    /// <summary>The file that a path means: where links lead in the end.</summary>
    private static string TargetOf(string path)
    {
        var target = Path.GetFullPath(path);
        for (var links = 0; new FileInfo(target).LinkTarget is { } next; links++)
        {
            if (links == MostLinks)
                throw new IOException("its links lead in a circle");
            target = Path.GetFullPath(next, Path.GetDirectoryName(target)!);
        }

        return target;
    }

    /// <summary>Who may read and write the file that is there; null where there is none, or on Windows, where the folder decides.</summary>
    private static UnixFileMode? ModeOf(string target) =>
        !OperatingSystem.IsWindows() && File.Exists(target) ? File.GetUnixFileMode(target) : null;

    /// <summary>Makes a file that was not there before, whatever was: nothing that somebody else has put there is opened.</summary>
    private static FileStream CreateOwn(string prefix, UnixFileMode? mode, out string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            path = prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(BytesOfAName)) + PartialSuffix;
            try
            {
                var stream = new FileStream(path, new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.ReadWrite,
                    Share = FileShare.Delete,
                    BufferSize = BufferLength,
                });
                if (mode is { } kept && !OperatingSystem.IsWindows())
                    File.SetUnixFileMode(stream.SafeFileHandle, kept);

                // Somebody may have taken the new file for a leftover before it was locked.
                if (File.Exists(path) || attempt == MostAttempts)
                    return stream;
                stream.Dispose();
            }
            catch (IOException) when (attempt < MostAttempts && Directory.Exists(Path.GetDirectoryName(path)))
            {
                // Somebody has the name, or has locked the new file to remove it.
            }
        }
    }

    /// <summary>Removes what crashes have left: a file that is still being written is locked.</summary>
    private static void RemoveLeftovers(string prefix, string except)
    {
        foreach (var leftover in Leftovers(prefix).Where(file => file != except && new FileInfo(file).LinkTarget is null))
        {
            try
            {
                new FileStream(leftover, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose).Dispose();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It is being written, or another writer has just removed it.
            }
        }
    }

    private static string[] Leftovers(string prefix)
    {
        try
        {
            return Directory.GetFiles(Path.GetDirectoryName(prefix)!, Path.GetFileName(prefix) + "*" + PartialSuffix);
        }
        catch (UnauthorizedAccessException)
        {
            // A folder may be written that cannot be listed.
            return [];
        }
    }

    private static string Digest(string name) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, BytesOfAName));

    /// <summary>Whether a failure is of the file system. .NET calls a file beyond a quota or a limit an argument out of range.</summary>
    internal static bool IsOfFiles(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" };

    /// <summary>The same failure, told about the file that the caller knows.</summary>
    internal static Exception About(string path, string partial, Exception exception)
    {
        if (exception.Message.StartsWith($"'{path}' cannot be written: ", StringComparison.Ordinal))
            return exception;
        var reason = partial == "" ? exception.Message : exception.Message.Replace(partial, path, StringComparison.Ordinal);
        var message = $"'{path}' cannot be written: {reason}";
        return exception switch
        {
            DirectoryNotFoundException => new DirectoryNotFoundException($"'{path}' cannot be written: its folder does not exist."),
            PathTooLongException => new PathTooLongException($"'{path}' cannot be written: its path is too long."),
            UnauthorizedAccessException => new UnauthorizedAccessException(message),
            ArgumentOutOfRangeException => new IOException($"'{path}' cannot be written: it would be longer than the file system or a limit of this process allows."),
            _ => new IOException(message, exception.HResult),
        };
    }
}
