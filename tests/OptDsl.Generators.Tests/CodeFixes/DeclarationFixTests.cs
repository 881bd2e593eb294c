using OptDsl.CodeFixes.Declarations;
using OptDsl.Generators.Analyzers;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.CodeFixes;

public sealed class DeclarationFixTests
{
    [Fact]
    public Task Class_is_made_partial() => Verify(
        """using OptDsl; [UpdateRule("W = g")] public sealed class {|OPT001:Rule|} { }""",
        """using OptDsl; [UpdateRule("W = g")] public sealed partial class Rule { }""", "Make 'Rule' partial");

    [Fact]
    public Task Record_and_container_are_made_partial_together() => Verify(
        """using OptDsl; internal readonly struct {|OPT002:Outer|} { [UpdateRule("W = g")] private sealed record {|OPT001:Rule|}; }""",
        """using OptDsl; internal readonly partial struct Outer { [UpdateRule("W = g")] private sealed partial record Rule; }""", fixAll: true);

    [Fact]
    public Task All_classes_of_a_document_are_made_partial_with_LF_and_CRLF() => Verify(
        "using OptDsl;\r\n[UpdateRule(\"W = g\")]\r\nclass {|OPT001:A|};\n[UpdateRule(\"W = g\")]\nclass {|OPT001:B|};\n",
        "using OptDsl;\r\n[UpdateRule(\"W = g\")]\r\npartial class A;\n[UpdateRule(\"W = g\")]\npartial class B;\n", fixAll: true);

    [Fact]
    public Task State_declared_twice_is_removed_from_its_list() => Verify(
        """using OptDsl; [UpdateRule("W = g"), State("v"), State({|OPT009:"v"|})] partial class Rule;""",
        """using OptDsl; [UpdateRule("W = g"), State("v")] partial class Rule;""", "Remove the state");

    [Fact]
    public Task State_declared_twice_is_removed_with_its_line() => Verify(
        """
        using OptDsl;
        [UpdateRule("W = g")]
        [State("v")]
        [State({|OPT009:"v"|})]
        partial class Rule;
        """,
        """
        using OptDsl;
        [UpdateRule("W = g")]
        [State("v")]
        partial class Rule;
        """);

    [Fact]
    public Task States_of_a_schedule_are_removed() => Verify(
        """using OptDsl; [{|OPT015:State("v")|}, OptDsl.Schedule("η = t")] [{|OPT015:State("u")|}] partial class Rule;""",
        """using OptDsl; [OptDsl.Schedule("η = t")] partial class Rule;""", fixAll: true);

    [Theory]
    [InlineData("int", "double")]
    [InlineData("long", "double")]
    [InlineData("double?", "double")]
    [InlineData("Schedule?", "Schedule")]
    public Task A_type_that_holds_the_same_is_put_in_place(string type, string fitting) => Verify(
        $$"""using OptDsl; [UpdateRule("W = g")] partial class Rule { [Hyper("x")] public {{type}} {|OPT010:X|} { get; set; } = 1; }""",
        $$"""using OptDsl; [UpdateRule("W = g")] partial class Rule { [Hyper("x")] public {{fitting}} X { get; set; } = 1; }""", $"Make 'X' {fitting}");

    [Fact]
    public Task Setter_is_added() => Verify(
        """using OptDsl; [UpdateRule("W = g")] partial class Rule { [Hyper("x")] public double {|OPT011:X|} { get; } = 1; }""",
        """using OptDsl; [UpdateRule("W = g")] partial class Rule { [Hyper("x")] public double X { get; set; } = 1; }""", "Add a setter to 'X'");

    [Theory]
    [InlineData("""using OptDsl; [UpdateRule("W = g")] partial class Rule { [Hyper("x")] public double {|OPT011:X|} => 1; }""")]
    [InlineData("""using OptDsl; [UpdateRule("W = g")] partial class Rule { [Hyper("x")] public double {|OPT011:X|} { get { return 1; } } }""")]
    [InlineData("""using OptDsl; [UpdateRule("W = g")] partial class Rule { [Hyper("x")] public decimal {|OPT010:X|} { get; set; } = 1m; }""")]
    [InlineData("""using OptDsl; [UpdateRule({|OPT006:""|})] partial class Rule;""")]
    public Task Nothing_is_offered_where_no_edit_is_the_right_one(string source) =>
        CodeFixVerifier.VerifyNoFixAsync<DeclarationAnalyzer, DeclarationFixProvider>(source);

    private static Task Verify(string source, string fixedSource, string? title = null, bool fixAll = false, int fix = 0) =>
        CodeFixVerifier.VerifyAsync<DeclarationAnalyzer, DeclarationFixProvider>(source, fixedSource, fix, title, fixAll);
}
