using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using OptDsl.Exports.Tests.Backends;
using OptDsl.Exports.Tests.Rules;
using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Backends.Python;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;

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

    /// <summary>Runs a script of the tests, and returns what it prints.</summary>
    public static string Run(string script, string input, string argument = "")
    {
        var (code, output, errors) = Run($"\"{Path.Combine(AppContext.BaseDirectory, "Python", script)}\" {argument}", input);
        return code == 0 ? output : throw new InvalidOperationException(errors);
    }

    /// <summary>Exports all cases and runs them.</summary>
    public static IReadOnlyList<Outcome> Run(string script, IExport export, IReadOnlyList<ExportCase> cases, string argument = "")
    {
        var texts = cases.DistinctBy(item => item.Rule).ToDictionary(item => item.Rule, item => export.Write(item.Rule, item.Model));
        var written = cases.Where(item => texts[item.Rule].Text is not null).ToList();
        var input = JsonSerializer.Serialize(written.Select(item => new
        {
            name = item.Name,
            source = texts[item.Rule].Text,
            @class = PythonNames.OfRule(Identifiers.Spell(item.Rule)),
            function = PythonNames.OfRule(Identifiers.Spell(item.Rule).ToLowerInvariant()),
            hyper = item.Model.Hypers.Zip(Names(item.Model)).ToDictionary(pair => pair.Second, pair => Value(pair.First, item.Hypers[pair.First.Index])),
            falling = Schedules(item, readTwice: false),
            functions = Schedules(item, readTwice: true),
            parameters = ExportCase.Lengths.Select((_, i) => ExportCase.Parameter(i)),
            gradients = Enumerable.Range(0, ExportCase.Steps).Select(step => ExportCase.Lengths.Select((_, i) => ExportCase.Gradient(i, step))),
        }));
        var results = written.Zip(JsonSerializer.Deserialize<PythonResult[]>(Run(script, input, argument), Options)!).ToDictionary(pair => pair.First.Name, pair => pair.Second);
        return [.. cases.Select(item => results.TryGetValue(item.Name, out var result) ? new Outcome(result.Results, result.Error, null) : new Outcome(null, null, texts[item.Rule].Refusal))];
    }

    private static ImmutableArray<string> Names(RuleModel model) => new PythonNames(model).Options;

    private static JsonValue Value(HyperSymbol hyper, double value) =>
        hyper.Source.Type == HyperType.Boolean ? JsonValue.Create(value != 0) : JsonValue.Create(double.IsInfinity(value) ? 1e300 : value);

    /// <summary>Those that fall from step to step: what is read at several times is given as a function.</summary>
    private static IEnumerable<string> Schedules(ExportCase item, bool readTwice) => item.Model.Hypers.Zip(Names(item.Model))
        .Where(pair => item.Falls && pair.First.Source.Type == HyperType.Schedule && item.Model.Shifted.Any(shifted => shifted.Base!.Index == pair.First.Index) == readTwice).Select(pair => pair.Second);

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
