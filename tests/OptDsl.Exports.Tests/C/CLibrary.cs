using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using OptDsl.Language.Backends.C;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Model;
using OptDsl.Tests.Rules;

namespace OptDsl.Exports.Tests.C;

/// <summary>The exported C of all library rules, compiled into one library, and a way to call each of them.</summary>
internal sealed class CLibrary
{
    private static readonly Lazy<CLibrary> s_instance = new(() => new CLibrary());
    private readonly nint _library;
    private readonly Dictionary<Type, RuleModel> _models = DeclaredRule.All.ToDictionary(rule => rule, rule => FormulaCompiler.Compile(DeclaredRule.Source(rule)).Model!);

    private CLibrary()
    {
        var folder = Directory.CreateTempSubdirectory("optdsl-c-").FullName;
        var files = new List<string>();
        foreach (var (rule, model) in _models)
        {
            var file = Path.Combine(folder, rule.Name + ".c");
            File.WriteAllText(file, new CExport().Write(rule.Name, model).Text + Wrapper(rule, model), new UTF8Encoding(false));
            files.Add(file);
        }

        var library = Path.Combine(folder, "rules.so");
        var (code, output) = Run($"-std=gnu99 -O2 -ffp-contract=off -fopenmp-simd -Wall -Wextra -Werror -Wno-unknown-pragmas -Dreal=double -shared -fPIC -o {library} {string.Join(' ', files)} -lm");
        if (code != 0)
            throw new InvalidOperationException($"gcc refuses the exported C:\n{output}");
        _library = NativeLibrary.Load(library);
    }

    public static CLibrary Instance => s_instance.Value;

    /// <summary>Why nothing can be compiled, or null where it can.</summary>
    public static string? Missing { get; } = Run("--version").Code == 0 ? null : "there is no gcc";

    /// <summary>The parameters after every step, tensor by tensor.</summary>
    public unsafe IReadOnlyList<double[]> Run(Type rule, IReadOnlyList<double> hypers, IReadOnlyList<double[]> parameters, IReadOnlyList<double[][]> gradients)
    {
        var model = _models[rule];
        var tensorStates = model.States.Count(state => !state.IsScalar);
        var begin = (delegate* unmanaged<nuint, double*, double**, double*, void>)NativeLibrary.GetExport(_library, $"begin_{rule.Name}");
        var step = (delegate* unmanaged<nuint, nuint*, long, double*, double**, double*, void>)NativeLibrary.GetExport(_library, $"step_{rule.Name}");
        var columns = 2 + tensorStates;
        var numbers = model.States.Count(state => state.IsScalar);
        var memory = parameters.Select(values => Enumerable.Range(0, columns).Select(column => column == 0 ? (double[])values.Clone() : new double[values.Length]).ToArray()).ToArray();
        var handles = memory.SelectMany(tensor => tensor).Select(array => GCHandle.Alloc(array, GCHandleType.Pinned)).ToArray();
        var pointers = handles.Select(handle => handle.AddrOfPinnedObject()).ToArray();
        var counts = parameters.Select(values => (nuint)values.Length).ToArray();
        var scalars = new double[numbers * parameters.Count + 1];
        var results = new List<double[]>();
        fixed (double* options = hypers.Append(0).ToArray(), kept = scalars)
        fixed (nint* tensors = pointers)
        fixed (nuint* lengths = counts)
        {
            for (var i = 0; i < parameters.Count; i++)
                begin(counts[i], options, (double**)tensors + (i * columns), kept + (i * numbers));
            for (var t = 0; t < gradients.Count; t++)
            {
                for (var i = 0; i < parameters.Count; i++)
                    gradients[t][i].CopyTo(memory[i][1], 0);
                step((nuint)parameters.Count, lengths, t + model.Source.FirstStep, options, (double**)tensors, kept);
                results.AddRange(memory.Select(tensor => (double[])tensor[0].Clone()));
            }
        }

        foreach (var handle in handles)
            handle.Free();
        return results;
    }

    /// <summary>The same signature for every rule: all tensors' columns (parameter, gradient, states), and the states that are numbers, tensor by tensor.</summary>
    private static string Wrapper(Type rule, RuleModel model)
    {
        var function = rule.Name.ToLowerInvariant();
        var tensorStates = model.States.Where(state => !state.IsScalar).ToList();
        var scalarStates = model.States.Where(state => state.IsScalar).ToList();
        var columns = 2 + tensorStates.Count;
        var options = $"const {function}_options options = {{ {string.Join(", ", model.Hypers.Select((_, i) => $"o[{i}]").DefaultIfEmpty("0"))} }};";
        var isCollective = model.Definitions.SelectMany(definition => definition.Value.Nodes()).Any(node => node is ReduceExpr { OverGroup: true });
        var lines = new List<string>();
        var begin = model.States.IsEmpty ? "" : $"{function}_begin(n, &options, a[0]{string.Concat(tensorStates.Select((_, i) => $", a[{i + 2}]"))}{string.Concat(scalarStates.Select((_, i) => $", s + {i}"))});";
        lines.Add($"void begin_{rule.Name}(size_t n, const double *o, double **a, double *s) {{ {options} (void)n, (void)a, (void)s, (void)options; {begin} }}");
        lines.Add($"void step_{rule.Name}(size_t count, const size_t *n, long t, const double *o, double **a, double *s) {{ {options} (void)s;");
        if (isCollective)
        {
            for (var column = 0; column < columns; column++)
                lines.Add($"double *c{column}[8]; for (size_t k = 0; k < count; k++) c{column}[k] = a[k * {columns} + {column}];");
            var scalars = scalarStates.Select((state, i) => state.Cardinality == Cardinality.PerGroup ? $", s + {i}" : throw new NotSupportedException("numbers of each tensor would have to be gathered"));
            lines.Add($"{function}(count, n, t, &options, c0, (const double *const *)c1{string.Concat(tensorStates.Select((_, i) => $", c{i + 2}"))}{string.Concat(scalars)}); }}");
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
