using System.Diagnostics;
using System.Text.Json;
using OptDsl.Exports.Tests.Rules;
using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Tests.Rules;

namespace OptDsl.Exports.Tests.Python;

/// <summary>Runs all cases of an export in one Python process.</summary>
internal static class PythonProcess
{
    /// <summary>The Python that has the libraries.</summary>
    public static string Executable => Environment.GetEnvironmentVariable("OPTDSL_PYTHON") ?? (File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3");

    /// <summary>Why modules cannot be imported, or null where they can.</summary>
    public static string? Missing(params string[] modules)
    {
        var (code, _, errors) = Run($"-c \"import {string.Join(", ", modules)}\"", "");
        return code == 0 ? null : errors.Split('\n').LastOrDefault(line => line != "") ?? "no Python";
    }

    /// <summary>The parameters after every step of every case, or an error.</summary>
    public static IReadOnlyDictionary<string, PythonResult> RunAll(string script, IExport export, IEnumerable<ExportCase> cases)
    {
        var list = cases.ToList();
        var models = list.Select(item => item.Rule).Distinct().ToDictionary(rule => rule, rule => FormulaCompiler.Compile(DeclaredRule.Source(rule)).Model!);
        var input = JsonSerializer.Serialize(list.Select(item => new
        {
            name = item.Name,
            source = export.Write(item.Rule.Name, models[item.Rule]).Text,
            @class = item.Rule.Name,
            function = item.Rule.Name.ToLowerInvariant(),
            hyper = item.Hypers.ToDictionary(
                hyper => Identifiers.OfProperty(hyper.Key),
                hyper => (object)(item.Rule.GetProperty(hyper.Key)!.PropertyType == typeof(bool) ? hyper.Value != 0 : double.IsInfinity(hyper.Value) ? 1e300 : hyper.Value)),
            parameters = ExportCase.Lengths.Select((_, i) => ExportCase.Parameter(i)),
            gradients = Enumerable.Range(0, ExportCase.Steps).Select(step => ExportCase.Lengths.Select((_, i) => ExportCase.Gradient(i, step))),
        }));
        var (code, output, errors) = Run($"\"{Path.Combine(AppContext.BaseDirectory, "Python", script)}\"", input);
        if (code != 0)
            throw new InvalidOperationException(errors);
        var results = JsonSerializer.Deserialize<PythonResult[]>(output, Options)!;
        return list.Zip(results).ToDictionary(pair => pair.First.Name, pair => pair.Second);
    }

    private static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private static (int Code, string Output, string Errors) Run(string arguments, string input)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Executable, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            process.WaitForExit();
            return (process.ExitCode, output.Result, errors.Result);
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            return (-1, "", error.Message);
        }
    }
}

internal sealed record PythonResult(double[][]? Results, string? Error);
