using Microsoft.CodeAnalysis;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Generation;

/// <summary>What a rule with errors does to a build without analyzers: it fails it, with the errors and nothing that follows from them.</summary>
public sealed class BrokenRuleTests
{
    private const string Use = """
        static class Use
        {
            static void Step(double[] W, float[] V)
            {
                new Rule().Update(1, W, W, W);
                new Rule().Update(1, V, V, V);
                OptDsl.IUpdateRule<float> rule = new Rule();
            }
        }
        """;

    [Theory]
    [InlineData("""[OptDsl.UpdateRule("W = W - q"), OptDsl.State("v")] partial class Rule;""", "OPT102: ")]
    [InlineData("""[OptDsl.UpdateRule("W = W - )"), OptDsl.State("v")] partial class Rule;""", "OPT101: ")]
    [InlineData("""[OptDsl.UpdateRule(""), OptDsl.State("v")] partial class Rule;""", "OPT006: ")]
    [InlineData("""[OptDsl.UpdateRule("W = g"), OptDsl.State("v"), OptDsl.State("g")] partial class Rule;""", "OPT008: ")]
    [InlineData("""[OptDsl.UpdateRule("W = g"), OptDsl.State("v")] partial record Rule { [OptDsl.Hyper("x")] public int X { get; set; } }""", "OPT010: ")]
    public void A_single_error_says_what_is_wrong(string declaration, string message)
    {
        var error = Assert.Single(Errors(declaration, Use));
        Assert.Equal("CS1029", error.Id);
        Assert.Contains(message, error.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_schedule_is_a_schedule_all_the_same() => Assert.Equal(
        ["CS1029"],
        Errors("""[OptDsl.Schedule("η = q")] partial class Rule;""", "static class Use { static OptDsl.Schedule S = new Rule(); }").Select(error => error.Id));

    [Theory]
    [InlineData("class Rule;")]
    [InlineData("static partial class Rule;")]
    [InlineData("file partial class Rule;")]
    [InlineData("partial class Rule : System.Exception;", true)]
    public void A_type_that_cannot_be_a_rule_is_left_alone(string declaration, bool schedule = false) => Assert.Equal(
        ["CS1029"],
        Errors($"[OptDsl.{(schedule ? "Schedule(\"η = t\")" : "UpdateRule(\"W = g\")")}] {declaration}").Select(error => error.Id));

    [Fact]
    public void Line_breaks_in_a_formula_stay_out_of_the_directive()
    {
        var errors = Errors("[OptDsl.UpdateRule(\"W = W - \\\"\\n\\u2028 class X;\")] partial class Rule;");
        Assert.NotEmpty(errors);
        Assert.All(errors, error => Assert.Equal("CS1029", error.Id));
    }

    private static Diagnostic[] Errors(params string[] sources) =>
        [.. GeneratorRun.Of(sources).Compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic =>
            diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id is not ("CS0219" or "CS8019"))];
}
