using System.Globalization;
using System.Text;
using OptDsl.Exports.Tests.MathML;
using OptDsl.Exports.Tests.Rules;
using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Backends.Latex;
using OptDsl.Language.Backends.MathML;
using OptDsl.Language.Backends.RuleFiles;
using OptDsl.Language.Documents;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Exports.Tests.Backends;

/// <summary>Writes the page that tells how far each export is from what it was written from.</summary>
internal static class ExportsPage
{
    /// <summary>What is read back, and is the same rule or not.</summary>
    private static readonly (string Title, Func<RuleModel, RuleModel?> Read)[] s_readBack =
    [
        ("LaTeX", model => Compile(model.Source with { Formulas = Text(new LatexExport(), model) })),
        ("MathML", model => Compile(model.Source with { Formulas = MathMLReader.Read(Text(new MathMLExport(), model)) })),
        ("rule file", model => Compile(RuleDocument.Read(Text(new RuleFileExport(), model), "R").Source)),
    ];

    /// <summary>The columns of both tables.</summary>
    public static IEnumerable<string> Columns => [.. Backend.All.Select(backend => backend.Name), .. s_readBack.Select(column => column.Title)];

    public static string Write()
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            # Exports, run beside the kernels

            Every rule of `OptDsl.Rules` has been exported with its defaults, with schedules that fall from step to step, and with each of its options set alone,
            and run in each language for {ExportCase.Steps} steps of a group of two tensors in double precision. The figure is the largest difference of a parameter from what
            the kernels compute, relative to the largest parameter. C was compiled by gcc, PyTorch's classes were saved and loaded on the way,
            and stepped the tensors one by one and, in the column *foreach*, all of them at once (a rule whose tensors share a state or a sum has no such
            option and is run as it is). optax's transformations ran over NumPy in the place of JAX, with arrays that refuse to be asked for their values. What is written for readers was read back: *same* is the same
            computation, by the identity that checkpoints are held to.

            ```sh
            SNAPSHOTS=accept dotnet test tests/OptDsl.Exports.Tests --filter ExportsPageTests
            ```

            writes this page anew; the tests of the project hold every figure under {Number(BackendTests.Bound)}, and for random rules, of which each kind is drawn too, under {Number(BackendTests.RandomBound)}.

            ## The rules of the library

            | rule | settings | {string.Join(" | ", Columns)} |
            |---|---|{string.Concat(Columns.Select(_ => "---|"))}

            """);
        foreach (var rule in LibraryCase.All.GroupBy(item => item.Rule))
            page.Append(CultureInfo.InvariantCulture, $"| {rule.Key} | {rule.Count()} | {Cells(CaseSet.Library, [.. rule])} |\n");
        page.Append(CultureInfo.InvariantCulture, $"""

            ## What the language can say

            | section | construct | {string.Join(" | ", Columns)} |
            |---|---|{string.Concat(Columns.Select(_ => "---|"))}

            """);
        foreach (var ((section, construct), item) in ConstructCases.Constructs.Zip(ConstructCases.All))
            page.Append(CultureInfo.InvariantCulture, $"| {section} | {construct} | {Cells(CaseSet.Constructs, [item])} |\n");
        var functions = ConstructCases.All.Skip(ConstructCases.Constructs.Count()).ToList();
        page.Append(CultureInfo.InvariantCulture, $"| Functions | each function of elements, numbers, tensors and groups | {Cells(CaseSet.Constructs, functions)} |\n");
        page.Append(CultureInfo.InvariantCulture, $"| | {RandomCases.All.Count} random rules | {Cells(CaseSet.Random, RandomCases.All)} |\n");
        return page.ToString();
    }

    private static string Cells(CaseSet set, IReadOnlyList<ExportCase> cases) => string.Join(" | ",
        Backend.All.Select(backend => Number(cases.Max(item => backend[set, item.Name].WorstOf(item.Expected()))))
            .Concat(s_readBack.Select(column => cases.Select(item => item.Model).Distinct().All(model => column.Read(model) is { } read && ModelIdentity.Of(read) == ModelIdentity.Of(model)) ? "same" : "differs")));

    private static string Text(IExport export, RuleModel model) => export.Write("R", model).Text!;

    private static RuleModel? Compile(RuleSource source) => FormulaCompiler.Compile(source).Model;

    private static string Number(double value) => value == 0 ? "0" : value.ToString("0e-0", CultureInfo.InvariantCulture);
}
