using System.Runtime.CompilerServices;
using System.Text;
using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using Microsoft.CodeAnalysis;

namespace OptDsl.Generators.Tests.Infrastructure;

/// <summary>
/// Compares generated text with files beside the tests, in the names and the workflow of Verify: a difference writes
/// <c>*.received.*</c>, and with <c>SNAPSHOTS=accept</c> in the environment the new text becomes <c>*.verified.*</c>.
/// </summary>
internal static class Snapshot
{
    private static readonly bool s_accept = Environment.GetEnvironmentVariable("SNAPSHOTS") == "accept";
    private static readonly bool s_ci = Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>Every generated file is as in <c>_snapshots/{Class}.{Method}[_{parameter}]#{hint}.verified.cs</c>.</summary>
    public static void VerifyFiles(
        GeneratorRun run, string? parameter = null, [CallerFilePath] string testFile = "", [CallerMemberName] string method = "")
    {
        Assert.NotEmpty(run.Files);
        foreach (var file in run.Files)
        {
            var hint = file.HintName[..^".g.cs".Length];
            Compare(Path(testFile, method, parameter, $"#{hint}.g"), "cs", $"//HintName: {file.HintName}\n{file.SourceText}");
        }
    }

    /// <summary>The text is as in <c>_snapshots/{Class}.{Method}[_{parameter}].verified.txt</c>.</summary>
    public static void VerifyText(
        string text, string? parameter = null, [CallerFilePath] string testFile = "", [CallerMemberName] string method = "") =>
        Compare(Path(testFile, method, parameter, ""), "txt", text);

    private static string Path(string testFile, string method, string? parameter, string suffix)
    {
        var name = $"{System.IO.Path.GetFileNameWithoutExtension(testFile)}.{method}{(parameter is null ? "" : $"_{parameter}")}{suffix}";
        return System.IO.Path.Combine(Folder(testFile), "_snapshots", name);
    }

    /// <summary>The test's folder on this machine; a deterministic build knows its own name for the root of the sources.</summary>
    private static string Folder(string testFile)
    {
        const string project = "/OptDsl.Generators.Tests/";
        var path = testFile.Replace('\\', '/');
        var relative = path[(path.LastIndexOf(project, StringComparison.Ordinal) + project.Length)..];
        return System.IO.Path.Combine(BuildMetadata.TestsFolder, System.IO.Path.GetDirectoryName(relative)!);
    }

    private static void Compare(string path, string extension, string text)
    {
        var (verified, received) = ($"{path}.verified.{extension}", $"{path}.received.{extension}");
        var actual = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        var expected = File.Exists(verified) ? File.ReadAllText(verified).Replace("\r\n", "\n", StringComparison.Ordinal) : null;
        if (actual == expected)
        {
            File.Delete(received);
            return;
        }

        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        if (s_accept && !s_ci)
        {
            File.WriteAllText(verified, actual, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Fail($"{verified} {(expected is null ? "is missing" : "differs")}; SNAPSHOTS=accept takes the text below over.\n{Difference(expected ?? "", actual)}");
    }

    private static string Difference(string expected, string actual) => string.Join('\n', new InlineDiffBuilder(new Differ()).BuildDiffModel(expected, actual).Lines
        .Where(line => line.Type != ChangeType.Unchanged)
        .Select(line => $"{(line.Type == ChangeType.Inserted ? '+' : '-')} {line.Text}"));
}
