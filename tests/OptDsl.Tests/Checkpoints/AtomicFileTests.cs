using System.Text;
using OptDsl.Checkpoints;
using OptDsl.Tests.Runtime;
using OptDsl.Tests.TestRules;

namespace OptDsl.Tests.Checkpoints;

public sealed class AtomicFileTests
{
    [Fact]
    public async Task Of_many_writers_of_one_file_the_last_leaves_it_whole()
    {
        using var folder = new TemporaryFolder();
        var path = folder["c"];
        for (var round = 0; round < 5; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(seed => Task.Run(
                () =>
                {
                    var optimizer = With(seed);
                    for (var i = 0; i < 10; i++)
                        optimizer.Save(path);
                },
                TestContext.Current.CancellationToken)));
            var loaded = With(99);
            loaded.Load(path);
            Assert.Contains(loaded.Parameters.First().Value.Span[0], Enumerable.Range(0, 8).Select(seed => With(seed).Parameters.First().Value.Span[0]));
            Assert.Equal(["c"], folder.Files);
        }
    }

    [Fact]
    public void A_writer_that_begins_while_another_is_at_work_does_not_disturb_it()
    {
        using var folder = new TemporaryFolder();
        var path = folder["c"];
        AtomicFile.Write(path, outer =>
        {
            outer.Write("out"u8);
            AtomicFile.Write(path, inner => inner.Write("inner"u8));
            Assert.Equal("inner", File.ReadAllText(path));
            Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, _ => throw new InvalidOperationException()));
            outer.Write("er"u8);
        });
        Assert.Equal("outer", File.ReadAllText(path));
        Assert.Equal(["c"], folder.Files);
    }

    [Fact]
    public void What_a_crash_has_left_is_removed_and_what_others_have_put_there_is_not_followed()
    {
        using var folder = new TemporaryFolder();
        var path = folder["c"];
        var partial = "";
        AtomicFile.Write(path, stream => partial = ((FileStream)stream).Name);
        Assert.Equal((Path.GetDirectoryName(path), AtomicFile.PartialSuffix), (Path.GetDirectoryName(partial), Path.GetExtension(partial)));
        var stem = partial[..partial.LastIndexOf('.', partial.Length - AtomicFile.PartialSuffix.Length - 1)];
        File.WriteAllText(stem + ".0123" + AtomicFile.PartialSuffix, "left by a crash");
        File.WriteAllText(folder["other" + AtomicFile.PartialSuffix], "not ours");
        File.WriteAllText(folder["precious"], "precious");
        File.CreateSymbolicLink(path + AtomicFile.PartialSuffix, folder["precious"]);
        File.CreateSymbolicLink(stem + ".4567" + AtomicFile.PartialSuffix, folder["precious"]);
        AtomicFile.Write(path, stream => stream.Write("new"u8));
        Assert.Equal(("new", "precious"), (File.ReadAllText(path), File.ReadAllText(folder["precious"])));
        Assert.False(File.Exists(stem + ".0123" + AtomicFile.PartialSuffix));
        Assert.True(File.Exists(folder["other" + AtomicFile.PartialSuffix]));
    }

    [Fact]
    public void A_file_keeps_its_mode_and_a_link_stays_one()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["a"]);
        Directory.CreateDirectory(folder["b"]);
        var target = Path.Combine(folder["b"], "target");
        foreach (var mode in (UnixFileMode[])[UnixFileMode.UserRead | UnixFileMode.UserWrite, UnixFileMode.UserRead, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherWrite])
        {
            File.Delete(target);
            File.WriteAllText(target, "old");
            File.SetUnixFileMode(target, mode);
            AtomicFile.Write(target, stream => stream.Write("new"u8));
            Assert.Equal((mode, "new"), (File.GetUnixFileMode(target), File.ReadAllText(target)));
        }

        var link = Path.Combine(folder["a"], "link");
        var linkOfLink = folder["link"];
        File.CreateSymbolicLink(link, Path.Combine("..", "b", "target"));
        File.CreateSymbolicLink(linkOfLink, Path.Combine("a", "link"));
        foreach (var path in (string[])[link, linkOfLink])
        {
            AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(path)));
            Assert.Equal(path, File.ReadAllText(target));
            Assert.NotNull(new FileInfo(path).LinkTarget);
        }

        var dangling = folder["dangling"];
        File.CreateSymbolicLink(dangling, Path.Combine("b", "fresh"));
        AtomicFile.Write(dangling, stream => stream.Write("fresh"u8));
        Assert.Equal("fresh", File.ReadAllText(Path.Combine(folder["b"], "fresh")));

        File.CreateSymbolicLink(folder["x"], folder["y"]);
        File.CreateSymbolicLink(folder["y"], folder["x"]);
        Assert.Contains("in a circle", Assert.Throws<IOException>(() => AtomicFile.Write(folder["x"], _ => { })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_may_be_as_long_as_the_file_system_has_them()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in (string[])[new string('n', 250), string.Concat(Enumerable.Repeat("層", 83))])
        {
            AtomicFile.Write(folder[name], stream => stream.Write("1"u8));
            Assert.Equal("1", File.ReadAllText(folder[name]));
        }
    }

    [Fact]
    public void Failures_name_the_path_that_was_given_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["folder"]);
        Fails<DirectoryNotFoundException>(Path.Combine(folder["missing"], "c"), "its folder does not exist");
        Fails<IOException>(folder["folder"], "it is a folder");
        Fails<IOException>(folder[new string('n', 300)], "");
        Assert.Equal("stop", Assert.Throws<IOException>(() => AtomicFile.Write(folder["c"], _ => throw new IOException("stop"))).Message[^4..]);
        Assert.Empty(folder.Files);

        static void Fails<TException>(string path, string reason)
            where TException : Exception
        {
            var message = Assert.ThrowsAny<TException>(() => AtomicFile.Write(path, _ => { })).Message;
            Assert.Contains($"'{path}'", message, StringComparison.Ordinal);
            Assert.Contains(reason, message, StringComparison.Ordinal);
            Assert.DoesNotContain(AtomicFile.PartialSuffix, message, StringComparison.Ordinal);
        }
    }

    private static Optimizer<float> With(int seed)
    {
        var optimizer = new Optimizer<float>();
        optimizer.Add(new TestMomentum(), new Model<float>(seed, 5000).Parameters);
        return optimizer;
    }
}
