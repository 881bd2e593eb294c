using OptDsl.Execution;

namespace OptDsl.Checkpoints;

/// <summary>Writes a file from several processes, each what it has, so that a crash of any of them leaves the old file or the new one, complete.</summary>
internal static class SharedFile
{
    /// <summary>Replaces a file, or makes it. Every rank calls it, and all of them see the folder.</summary>
    /// <param name="path">The file.</param>
    /// <param name="layout">What is written, of which each rank has a part.</param>
    /// <param name="deed">What the ranks do.</param>
    /// <param name="peers">The ranks.</param>
    public static void Write<T>(string path, SafetensorsLayout layout, string deed, IPeers<T> peers)
        where T : unmanaged
    {
        Exception? failure = null;
        var agreed = false;
        if (peers.Rank == 0)
        {
            var told = false;
            try
            {
                AtomicFile.Write(path, stream =>
                {
                    Tell(peers, stream.Name);
                    told = true;
                    Exception? ofParts = null;
                    try
                    {
                        layout.WriteHeader(stream);
                        stream.Flush();
                        layout.WriteParts(stream.SafeFileHandle, lead: true);
                    }
                    catch (Exception exception) when (AtomicFile.IsOfFiles(exception))
                    {
                        ofParts = AtomicFile.About(path, stream.Name, exception);
                    }

                    agreed = true;
                    peers.Agree(deed, ofParts);
                    agreed = false;
                    layout.WriteChecksum(stream);
                });
            }
            catch (Exception exception) when (!agreed)
            {
                failure = exception;
            }

            if (!told)
                Tell(peers, "");
        }
        else if (Tell(peers, "") is { Length: > 0 } partial)
        {
            peers.Agree(deed, WriteParts(path, partial, layout));
        }

        peers.Agree(deed, failure);
    }

    private static Exception? WriteParts(string path, string partial, SafetensorsLayout layout)
    {
        try
        {
            using var file = File.OpenHandle(partial, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            layout.WriteParts(file, lead: false);
            RandomAccess.FlushToDisk(file);
            return null;
        }
        catch (FileNotFoundException)
        {
            return new IOException($"'{path}' cannot be written: this rank does not see the file that rank 0 has made beside it. All ranks must share the folder.");
        }
        catch (Exception exception) when (AtomicFile.IsOfFiles(exception))
        {
            return AtomicFile.About(path, partial, exception);
        }
    }

    /// <summary>What the first rank says.</summary>
    private static string Tell<T>(IPeers<T> peers, string text)
        where T : unmanaged
    {
        Span<int> length = [text.Length];
        var ends = new int[peers.Size];
        ends.AsSpan().Fill(1);
        peers.Complete(length, ends);
        var letters = new char[length[0]];
        if (peers.Rank == 0)
            text.CopyTo(letters);
        ends.AsSpan().Fill(letters.Length);
        peers.Complete(letters.AsSpan(), ends);
        return new string(letters);
    }
}
