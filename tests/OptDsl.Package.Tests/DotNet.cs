using System.Diagnostics;

namespace OptDsl.Package.Tests;

/// <summary>Runs the .NET command line as a user's shell would: without what the test run put into the environment.</summary>
internal static class DotNet
{
    public static async Task<CommandResult> RunAsync(string folder, string temporaryFiles, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";

        // What the command leaves behind goes with the folder.
        foreach (var name in new[] { "TMPDIR", "TEMP", "TMP" })
            start.Environment[name] = temporaryFiles;
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";

        using var process = Process.Start(start)!;
        var cancellation = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return new CommandResult(process.ExitCode, await output, await error);
    }
}

/// <summary>How a command ended.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>The output of a command that must have succeeded.</summary>
    public string Succeeded()
    {
        Assert.True(ExitCode == 0, $"Exit code {ExitCode}:\n{Output}\n{Error}");
        return Output;
    }
}
