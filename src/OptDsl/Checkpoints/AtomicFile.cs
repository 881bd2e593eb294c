namespace OptDsl.Checkpoints;

/// <summary>Writes a file so that a crash at any moment leaves the old file or the new one, complete.</summary>
internal static class AtomicFile
{
    /// <summary>What is appended to the name of the file while it is being written. What a crash leaves, the next write replaces.</summary>
    public const string PartialSuffix = ".partial";

    private const int BufferLength = 1 << 16;

    public static void Write(string path, Action<Stream> write)
    {
        // A link stays one: the file that it points to is replaced.
        var file = new FileInfo(path);
        var target = file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        var partial = target + PartialSuffix;
        var stream = new FileStream(partial, FileMode.Create, FileAccess.ReadWrite, FileShare.None, BufferLength);
        try
        {
            using (stream)
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(partial, target, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }
}
