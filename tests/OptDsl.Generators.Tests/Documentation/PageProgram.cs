using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Documentation;

/// <summary>A program of a page, exactly as it is printed, in a console project with the SDK's implicit usings.</summary>
internal static class PageProgram
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    /// <summary>Compiles some files, of which the last is the program or, in a library, a declaration.</summary>
    public static CSharpCompilation Create(IEnumerable<SourceFile> files, bool isLibrary)
    {
        var compilation = TestCompilation.Create([new SourceFile("Usings.cs", ImplicitUsings), .. files]);
        return compilation.WithOptions(compilation.Options
            .WithOutputKind(isLibrary ? OutputKind.DynamicallyLinkedLibrary : OutputKind.ConsoleApplication)
            .WithGeneralDiagnosticOption(ReportDiagnostic.Default));
    }

    /// <summary>Compiles without a warning, of the analyzers neither.</summary>
    public static async Task<byte[]> CompileAsync(CSharpCompilation compilation)
    {
        var run = GeneratorRun.Of(compilation);
        Assert.Equal("", await PrintedDiagnostics.OfAsync(run));
        using var image = new MemoryStream();
        var result = run.Compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return image.ToArray();
    }

    /// <summary>Runs a program in a process and a folder of its own, and gives what it prints.</summary>
    /// <param name="image">The program.</param>
    /// <param name="files">Files that lie in its folder.</param>
    public static async Task<string> RunAsync(byte[] image, params IEnumerable<string> files)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("optdsl-page-");
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "Program.dll"), image, cancellation);
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "Program.runtimeconfig.json"),
                """{ "runtimeOptions": { "tfm": "net10.0", "framework": { "name": "Microsoft.NETCore.App", "version": "10.0.0" } } }""", cancellation);
            foreach (var file in files.Append(typeof(UpdateRuleAttribute).Assembly.Location))
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(folder.FullName, "Program.dll")])
            {
                WorkingDirectory = folder.FullName,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = System.Text.Encoding.UTF8,
            };
            start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var error = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            Assert.True(process.ExitCode == 0, $"{await output}\n{await error}");
            return (await output).ReplaceLineEndings("\n");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
