using System.Globalization;
using OptDsl.Exports.Tests.Rules;
using OptDsl.Language.Backends.C;
using OptDsl.Language.Backends.Catalogue;
using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Backends.Jax;
using OptDsl.Language.Backends.PyTorch;
using OptDsl.Language.Documents;
using OptDsl.Language.Formulas.Compilation;

namespace OptDsl.Exports.Tests.Backends;

/// <summary>Exports against the kernels and the interpreter, in each language that there is here.</summary>
public sealed class BackendTests
{
    /// <summary>The difference that other functions of a language's library and another order of sums account for.</summary>
    public const double Bound = 1e-12;

    /// <summary>Random rules cancel, and have powers of large numbers.</summary>
    public const double RandomBound = 1e-9;

    public static TheoryData<string, string> Library => Of(CaseSet.Library);

    public static TheoryData<string, string> Constructs => Of(CaseSet.Constructs);

    public static TheoryData<string, string> Random => Of(CaseSet.Random);

    [Theory]
    [MemberData(nameof(Library))]
    public void A_rule_of_the_library_computes_what_its_kernels_compute(string backend, string name) => Check(CaseSet.Library, backend, name, Bound);

    [Theory]
    [MemberData(nameof(Constructs))]
    public void A_construct_of_the_language_computes_what_the_interpreter_computes(string backend, string name) => Check(CaseSet.Constructs, backend, name, Bound);

    [Theory]
    [MemberData(nameof(Random))]
    public void A_random_rule_computes_what_the_interpreter_computes(string backend, string name) => Check(CaseSet.Random, backend, name, RandomBound);

    [Theory]
    [InlineData("state m\n\nm = 0.9m + g\nW = W - 0.1msign(m)")]
    [InlineData("state r per row\n\nr = 0.9r + 0.1rowmean(g²)\nW = W - 0.1g/√r")]
    [InlineData("state L per rows×rows\n\nL = L + g @ gᵀ\nW = W - 0.1 L @ g")]
    public void A_rule_of_matrices_is_refused_with_the_reason(string text)
    {
        var model = FormulaCompiler.Compile(RuleDocument.Read(text, "R").Source, TestContext.Current.CancellationToken).Model;
        Assert.NotNull(model);
        Assert.All((IExport[])[new CExport(), new TorchExport(), new JaxExport()], export => Assert.Contains("matrix", export.Write("R", model).Refusal, StringComparison.Ordinal));
    }

    /// <summary>What a state is in memory is no part of what is exported.</summary>
    [Fact]
    public void A_state_that_is_narrower_in_memory_is_exported_as_it_is_computed()
    {
        const string Text = "state m\n\nm = 0.9m + g\nW = W - 0.1m";
        string?[] Texts(string text) => [.. ExportCatalogue.All.Take(3).Select(export => export.Write("R", FormulaCompiler.Compile(RuleDocument.Read(text, "R").Source).Model!).Text)];
        Assert.Equal(Texts(Text), Texts(Text.Replace("state m", "state m as bfloat16", StringComparison.Ordinal)));
        Assert.Equal(Texts(Text), Texts(Text.Replace("state m", "state m as block8", StringComparison.Ordinal)));
    }

    private static TheoryData<string, string> Of(CaseSet set)
    {
        var data = new TheoryData<string, string>();
        foreach (var backend in Backend.All)
        {
            foreach (var item in Cases.Of(set))
                data.Add(backend.Name, item.Name);
        }

        return data;
    }

    private static void Check(CaseSet set, string name, string item, double bound)
    {
        var backend = Backend.Of(name);
        Tool.Require(backend.Missing.Value, backend.Remedy);
        var (rule, outcome) = (Cases.Of(set, item), backend[set, item]);
        var source = new Lazy<string>(() => $"\n{rule.Model.Source.Formulas}\n");
        Assert.True(outcome.Refusal is null, $"{outcome.Refusal}{source.Value}");
        Assert.True(outcome.Error is null, $"{outcome.Error}{source.Value}");
        var worst = outcome.WorstOf(rule.Expected());
        Assert.True(worst <= bound, string.Create(CultureInfo.InvariantCulture, $"differs by {worst:g3}{source.Value}"));
    }
}
