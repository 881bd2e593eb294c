namespace OptDsl.Tool.Tests;

/// <summary>A run of the tool in a folder of its own.</summary>
internal sealed class ToolRun : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("optdsl-tool-").FullName;

    public string Output { get; private set; } = "";

    public string Errors { get; private set; } = "";

    /// <summary>Writes a file, and returns its path.</summary>
    public string File(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public int Run(params string[] arguments)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = CommandLine.Run(arguments, output, errors);
        (Output, Errors) = (output.ToString().Replace(_folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal), errors.ToString());
        return code;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
