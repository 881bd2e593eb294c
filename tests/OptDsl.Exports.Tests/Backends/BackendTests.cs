using System.Globalization;
using OptDsl.Exports.Tests.Rules;

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
