using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using OptDsl.Exports.Tests.Backends;
using OptDsl.Exports.Tests.Rules;
using OptDsl.Language.Backends.C;
using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Exports.Tests.C;

/// <summary>The exported C of rules, compiled into one library, and a way to call each of them.</summary>
internal sealed class CLibrary
{
    private readonly nint _library;

    private CLibrary(IEnumerable<(string Rule, RuleModel Model, string Text)> rules)
    {
        var folder = Directory.CreateTempSubdirectory("optdsl-c-").FullName;
        var files = new List<string>();
        foreach (var (rule, model, text) in rules)
        {
            var file = Path.Combine(folder, rule + ".c");
            File.WriteAllText(file, text + Wrapper(rule, model, isCollective: text.Contains("size_t tensors", StringComparison.Ordinal)), new UTF8Encoding(false));
            files.Add(file);
        }

        var library = Path.Combine(folder, "rules.so");
        var (code, output) = Run($"-std=gnu99 -O2 -ffp-contract=off -fopenmp-simd -Wall -Wextra -Werror -Wno-unknown-pragmas -Dreal=double -shared -fPIC -o {library} {string.Join(' ', files)} -lm");
        if (code != 0)
            throw new InvalidOperationException($"gcc refuses the exported C:\n{output}");
        _library = NativeLibrary.Load(library);
    }

    /// <summary>Why nothing can be compiled, or null where it can.</summary>
    public static string? Missing { get; } = Run("--version").Code == 0 ? null : "there is no gcc";

    /// <summary>Exports all cases, compiles them into one library, and runs them.</summary>
    public static IReadOnlyList<Outcome> Run(IReadOnlyList<ExportCase> cases)
    {
        var export = new CExport();
        var texts = cases.DistinctBy(item => item.Rule).ToDictionary(item => item.Rule, item => (item.Model, Export: export.Write(item.Rule, item.Model)));
        var library = new CLibrary(texts.Where(pair => pair.Value.Export.Text is not null).Select(pair => (pair.Key, pair.Value.Model, pair.Value.Export.Text!)));
        return [.. cases.Select(item => texts[item.Rule].Export is { Refusal: { } refusal } ? new Outcome(null, null, refusal) : new Outcome(library.Run(item), null, null))];
    }

    /// <summary>The parameters after every step, tensor by tensor.</summary>
    private unsafe List<double[]> Run(ExportCase item)
    {
        var model = item.Model;
        var begin = (delegate* unmanaged<nuint, double*, double**, double*, void>)NativeLibrary.GetExport(_library, $"begin_{Identifiers.Spell(item.Rule)}");
        var step = (delegate* unmanaged<nuint, nuint*, long, double*, double**, double*, void>)NativeLibrary.GetExport(_library, $"step_{Identifiers.Spell(item.Rule)}");
        var columns = 2 + model.States.Count(state => !state.IsScalar);
        var numbers = model.States.Count(state => state.IsScalar);
        var count = ExportCase.Lengths.Length;
        var memory = ExportCase.Lengths.Select((length, i) => Enumerable.Range(0, columns).Select(column => column == 0 ? ExportCase.Parameter(i) : new double[length]).ToArray()).ToArray();
        var handles = memory.SelectMany(tensor => tensor).Select(array => GCHandle.Alloc(array, GCHandleType.Pinned)).ToArray();
        var pointers = handles.Select(handle => handle.AddrOfPinnedObject()).ToArray();
        var results = new List<double[]>();
        fixed (double* kept = new double[(numbers * count) + 1])
        fixed (nint* tensors = pointers)
        fixed (nuint* lengths = ExportCase.Lengths.Select(length => (nuint)length).ToArray())
        {
            for (var t = 1; t <= ExportCase.Steps; t++)
            {
                fixed (double* options = Enumerable.Range(0, model.Hypers.Length + model.Shifted.Length).Select(index => item.At(index, t)).Append(0).ToArray())
                {
                    for (var i = 0; i < count && t == 1; i++)
                        begin(lengths[i], options, (double**)tensors + (i * columns), kept + (i * numbers));
                    for (var i = 0; i < count; i++)
                        ExportCase.Gradient(i, t - 1).CopyTo(memory[i][1], 0);
                    step((nuint)count, lengths, t, options, (double**)tensors, kept);
                    results.AddRange(memory.Select(tensor => (double[])tensor[0].Clone()));
                }
            }
        }

        foreach (var handle in handles)
            handle.Free();
        return results;
    }

    /// <summary>The same signature for every rule: all tensors' columns (parameter, gradient, states), and the states that are numbers, tensor by tensor.</summary>
    private static string Wrapper(string rule, RuleModel model, bool isCollective)
    {
        var function = CNames.OfRule(rule);
        var tensorStates = model.States.Where(state => !state.IsScalar).ToList();
        var scalarStates = model.States.Where(state => state.IsScalar).ToList();
        var columns = 2 + tensorStates.Count;
        var options = $"const {function}_options options = {{ {string.Join(", ", model.Hypers.Concat(model.Shifted).Select((_, i) => $"o[{i}]").DefaultIfEmpty("0"))} }};";
        var lines = new List<string>();
        var begin = model.States.IsEmpty ? "" : $"{function}_begin(n, &options, a[0]{string.Concat(tensorStates.Select((_, i) => $", a[{i + 2}]"))}{string.Concat(scalarStates.Select((_, i) => $", s + {i}"))});";
        lines.Add($"void begin_{Identifiers.Spell(rule)}(size_t n, const double *o, double **a, double *s) {{ {options} (void)n, (void)o, (void)a, (void)s, (void)options; {begin} }}");
        lines.Add($"void step_{Identifiers.Spell(rule)}(size_t count, const size_t *n, long t, const double *o, double **a, double *s) {{ {options} (void)o, (void)s;");
        if (isCollective)
        {
            for (var column = 0; column < columns; column++)
                lines.Add($"double *c{column}[8] = {{0}}; for (size_t k = 0; k < count; k++) c{column}[k] = a[k * {columns} + {column}];");
            var ofTensors = scalarStates.Select((state, i) => (State: state, Index: i)).Where(pair => pair.State.Cardinality == Cardinality.PerTensor).Select(pair => pair.Index).ToList();
            lines.AddRange(ofTensors.Select(i => $"double s{i}[8] = {{0}}; for (size_t k = 0; k < count; k++) s{i}[k] = s[k * {scalarStates.Count} + {i}];"));
            var scalars = scalarStates.Select((_, i) => ofTensors.Contains(i) ? $", s{i}" : $", s + {i}");
            lines.Add($"{function}(count, n, t, &options, c0, (const double *const *)c1{string.Concat(tensorStates.Select((_, i) => $", c{i + 2}"))}{string.Concat(scalars)});");
            lines.AddRange(ofTensors.Select(i => $"for (size_t k = 0; k < count; k++) s[k * {scalarStates.Count} + {i}] = s{i}[k];"));
            lines.Add("}");
        }
        else
        {
            lines.Add($"for (size_t k = 0; k < count; k++) {{ double **b = a + k * {columns}; {function}(n[k], t, &options, b[0], b[1]{string.Concat(tensorStates.Select((_, i) => $", b[{i + 2}]"))}{string.Concat(scalarStates.Select((_, i) => $", s + k * {scalarStates.Count} + {i}"))}); }} }}");
        }

        return $"\n{string.Join((char)10, lines)}\n";
    }

    private static (int Code, string Output) Run(string arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("gcc", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd() + errors.Result;
            process.WaitForExit();
            return (process.ExitCode, output);
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            return (-1, error.Message);
        }
    }
}
