using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using OptDsl.Generators.Analyzers;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Declarations;

/// <summary>Each OPT0xx where it belongs, and nothing on a sound declaration.</summary>
public sealed class DeclarationAnalyzerTests
{
    private const string Sgd = "[UpdateRule(\"W = W - ηg\")]";
    private const string Eta = "[Hyper(\"η\")] public double Eta { get; set; } = 0.1;";

    [Fact]
    public Task Sound_rules_and_schedules_have_no_diagnostics() => Verify(
        """
        using OptDsl;
        namespace Demo;

        [UpdateRule("v = μv + g; W = W - ηv"), State("v")]
        public sealed partial class Momentum
        {
            [Hyper("η")] public Schedule LearningRate { get; set; } = 0.1;
            [Hyper("μ", Min = 0, Max = 1)] public double Decay { get; init; } = 0.9;
            [Hyper("nesterov")] public bool Nesterov { get; set; }
            [Hyper("λ")] public float WeightDecay { get; set; } = -0.5f;
        }

        [UpdateRule("W = W - ηg")]
        public partial record Sgd([property: Hyper("η", Min = 0)] double Eta = 0.1);

        public static partial class Outer<T>
        {
            [OptDsl.Schedule("η = a / t")]
            internal abstract partial class Decaying : Schedule
            {
                [Hyper("a")] public required double A { get; set; }
            }
        }
        """);

    [Theory]
    [InlineData("public void {|OPT017:Update|}(long step, Span<float> W, ReadOnlySpan<float> g, Span<float> v, ref double n) { }")]
    [InlineData("private int {|OPT017:Update|}(long a, System.Span<double> b, ReadOnlySpan<double> c, Span<double> d, ref double e) => 0;")]
    [InlineData("public void Update(long step, Span<float> W, ReadOnlySpan<float> g) { }")]
    [InlineData("public void Update() { } public int At(long step) => 0;")]
    public Task OPT017_method_has_the_place_of_a_generated_one(string method) => Verify($$"""
        using OptDsl; using System;
        [UpdateRule("v = v + g; n = n + 1; W = W - ηv/n"), State("v"), State("n", Per = Per.Tensor)] partial class Rule { {{Eta}} {{method}} }
        """);

    [Fact]
    public Task OPT017_a_state_of_the_group_is_a_reference_too() => Verify("""
        using System; using OptDsl;
        [UpdateRule("n = n + 1; W = W - g/n"), State("n", Per = Per.Group)]
        partial class Rule { public void {|OPT017:Update|}(long step, Span<float> W, ReadOnlySpan<float> g, ref double n) { } }
        """);

    [Fact]
    public Task OPT017_schedule_declares_its_value() => Verify(
        """using OptDsl; [OptDsl.Schedule("η = 1/t")] partial class Decaying { public double {|OPT017:At|}(long step) => 0; }""");

    [Fact]
    public Task OPT001_class_is_not_partial() => Verify($$"""using OptDsl; {{Sgd}} class {|OPT001:Sgd|} { {{Eta}} }""");

    [Fact]
    public Task OPT002_each_container_is_not_partial() => Verify(
        $$"""using OptDsl; class {|OPT002:A|} { partial struct B { interface {|OPT002:C|} { {{Sgd}} partial class Sgd { {{Eta}} } } } }""");

    [Theory]
    [InlineData("static partial class {|OPT003:Sgd|}")]
    [InlineData("partial struct {|OPT003:Sgd|}")]
    [InlineData("partial record struct {|OPT003:Sgd|}")]
    [InlineData("partial interface {|OPT003:Sgd|}")]
    [InlineData("file partial class {|OPT003:Sgd|}")]
    [InlineData("file partial class Outer { public partial class {|OPT003:Sgd|} { } } partial class Other")]
    public Task OPT003_unsupported_kinds_of_type(string declaration) => Verify(
        declaration.StartsWith("file partial class Outer", StringComparison.Ordinal)
            ? $"using OptDsl; {declaration.Replace("public partial", Sgd + " public partial", StringComparison.Ordinal)} {{ }}"
            : $"using OptDsl; {Sgd} {declaration} {{ }}");

    [Theory]
    [InlineData("partial record {|OPT003:Warmup|};")]
    [InlineData("partial class {|OPT003:Warmup|} : System.Attribute { }")]
    public Task OPT003_a_schedule_must_be_able_to_derive_from_Schedule(string declaration) => Verify(
        $"using OptDsl; [OptDsl.Schedule(\"η = t\")] {declaration}");

    [Fact]
    public Task OPT004_rule_on_two_parts() => Verify(
        $$"""using OptDsl; {{Sgd}} partial class Sgd { {{Eta}} }""",
        """using OptDsl; [{|OPT004:UpdateRule("W = W - g")|}] partial class Sgd;""");

    [Fact]
    public Task OPT005_rule_and_schedule_at_once() => Verify(
        $$"""using OptDsl; [{|OPT005:OptDsl.Schedule("η = t")|}] {{Sgd}} partial class Sgd { {{Eta}} }""");

    [Theory]
    [InlineData("{|OPT006:\"\"|}")]
    [InlineData("{|OPT006:\" \\n \"|}")]
    [InlineData("{|OPT006:null!|}")]
    [InlineData("{|OPT006:Sgd.Text|}")]
    public Task OPT006_no_formulas(string argument) => Verify(
        $$"""using OptDsl; [UpdateRule({{argument}})] partial class Sgd { public static string Text = "W = g"; }""");

    [Theory]
    [InlineData("[Hyper({|OPT007:\"\"|})]")]
    [InlineData("[Hyper({|OPT007:\"2x\"|})]")]
    [InlineData("[Hyper({|OPT007:\"a b\"|})]")]
    [InlineData("[Hyper({|OPT007:null!|})]")]
    [InlineData("[Hyper({|OPT007:\"+\"|})]")]
    public Task OPT007_unusable_hyper_symbol(string attribute) => Verify(
        $$"""using OptDsl; {{Sgd}} partial class Sgd { {{attribute}} public double Eta { get; set; } }""");

    [Fact]
    public Task OPT007_unusable_role_and_state_symbols() => Verify(
        """using OptDsl; [UpdateRule("W = W", Parameter = {|OPT007:""|}, Gradient = {|OPT007:"1"|}, Step = {|OPT007:null!|}), State({|OPT007:"-"|})] partial class Sgd;""");

    [Theory]
    [InlineData("State({|OPT008:\"W\"|})", "η")]
    [InlineData("State({|OPT008:\"g\"|})", "η")]
    [InlineData("State({|OPT008:\"t\"|})", "η")]
    [InlineData("State(\"\u03BC\")", "{|OPT008:\u00B5|}")]
    [InlineData("State(\"m\u0302\")", "{|OPT008:m\u0302|}")]
    public Task OPT008_two_roles_with_one_symbol(string state, string hyper)
    {
        var argument = hyper.StartsWith('{') ? $"{{|OPT008:\"{hyper[9..^2]}\"|}}" : $"\"{hyper}\"";
        return Verify($$"""using OptDsl; [UpdateRule("W = g"), {{state}}] partial class Rule { [Hyper({{argument}})] public double X { get; set; } }""");
    }

    [Fact]
    public Task OPT008_two_hyper_parameters_and_renamed_roles() => Verify(
        """
        using OptDsl;
        [UpdateRule("θ = θ - ηδ", Parameter = "θ", Gradient = {|OPT008:"θ"|}), State("W"), State("g")]
        partial class Rule
        {
            [Hyper("β₁")] public double X { get; set; }
            [Hyper({|OPT008:"β1"|})] public double Y { get; set; }
        }
        """);

    [Fact]
    public Task OPT009_state_declared_twice() => Verify(
        """using OptDsl; [UpdateRule("W = g"), State("v"), State({|OPT009:"v"|}, Per = Per.Tensor)] partial class Rule;""");

    [Theory]
    [InlineData("Per = {|OPT018:(Per)7|}")]
    [InlineData("Initial = \"1\", Per = {|OPT018:(Per)(-1)|}")]
    [InlineData("Shape = {|OPT018:\"n×n\"|}")]
    [InlineData("Shape = {|OPT018:\"rows\"|}")]
    [InlineData("Shape = {|OPT018:\"1×1\"|}")]
    [InlineData("Per = {|OPT018:Per.Row|}, Shape = \"rows×rows\"")]
    [InlineData("Per = Per.Element")]
    [InlineData("Per = Per.Tensor")]
    [InlineData("Per = (Per)2")]
    public Task OPT018_state_of_one_value_of_nothing(string arguments) => Verify(
        $$"""using OptDsl; [UpdateRule("W = g"), State("s", {{arguments}})] partial class Rule;""");

    [Theory]
    [InlineData("Storage = {|OPT020:(Storage)7|}")]
    [InlineData("Storage = Storage.BFloat16, Rounding = {|OPT020:(Rounding)2|}")]
    [InlineData("Per = Per.Tensor, Storage = {|OPT020:Storage.BFloat16|}")]
    [InlineData("Per = Per.Group, Storage = {|OPT020:Storage.BFloat16|}")]
    [InlineData("Per = Per.Row, Storage = {|OPT020:Storage.BFloat16|}")]
    [InlineData("Shape = \"rows×rows\", Storage = {|OPT020:Storage.BFloat16|}")]
    [InlineData("Per = Per.Tensor, Storage = Storage.Element")]
    [InlineData("Per = Per.Tensor, Storage = {|OPT020:Storage.Block8|}")]
    [InlineData("Storage = Storage.BFloat16, Rounding = Rounding.Nearest")]
    [InlineData("Storage = Storage.Block8, Rounding = Rounding.Nearest")]
    public Task OPT020_state_that_cannot_be_stored_so(string arguments) => Verify(
        $$"""using OptDsl; [UpdateRule("W = g"), State("s", {{arguments}})] partial class Rule;""");

    [Theory]
    [InlineData("int")]
    [InlineData("string")]
    [InlineData("double?")]
    [InlineData("Schedule?")]
    [InlineData("decimal")]
    public Task OPT010_wrong_type(string type) => Verify(
        $$"""using OptDsl; [UpdateRule("W = g")] partial class Rule { [Hyper("x")] public {{type}} {|OPT010:X|} { get; set; } = default!; }""");

    [Theory]
    [InlineData("public double {|OPT011:X|} { get; } = 1;")]
    [InlineData("public double {|OPT011:X|} => 1;")]
    [InlineData("public double {|OPT011:X|} { set { } }")]
    public Task OPT011_accessor_is_missing(string property) => Verify(
        $$"""using OptDsl; [UpdateRule("W = g")] partial class Rule { [Hyper("x")] {{property}} }""");

    [Theory]
    [InlineData("public static double {|OPT012:X|} { get; set; }")]
    [InlineData("public double {|OPT012:this|}[int i] { get => i; set { } }")]
    [InlineData("double IX.{|OPT012:X|} { get; set; }")]
    [InlineData("public ref double {|OPT012:X|} => throw null!;")]
    public Task OPT012_not_an_ordinary_property(string property) => Verify(
        $$"""using OptDsl; [UpdateRule("W = g")] partial class Rule : IX { [Hyper("x")] {{property}} double IX.Y { get; set; } } interface IX { double X { get => 1; set { } } double Y { get; set; } }""");

    [Theory]
    [InlineData("Min = 1, Max = 0.5")]
    [InlineData("Min = double.NaN")]
    public Task OPT013_no_legal_value(string bounds) => Verify(
        $$"""using OptDsl; [UpdateRule("W = g")] partial class Rule { [{|OPT013:Hyper("x", {{bounds}})|}] public double X { get; set; } = 1; }""");

    [Theory]
    [InlineData("double", "{|OPT014:1.5|}")]
    [InlineData("double", "{|OPT014:-0.5|}")]
    [InlineData("double", "{|OPT014:double.NaN|}")]
    [InlineData("float", "{|OPT014:(float)1.5|}")]
    [InlineData("Schedule", "{|OPT014:2|}")]
    [InlineData("double", "{|OPT014:Two|}")]
    public Task OPT014_default_out_of_range(string type, string value) => Verify(
        $$"""using OptDsl; [UpdateRule("W = g")] partial class Rule { const double Two = 2; [Hyper("x", Min = 0, Max = 1)] public {{type}} X { get; set; } = {{value}}; }""");

    [Fact]
    public Task OPT015_schedule_with_a_state() => Verify(
        """using OptDsl; [OptDsl.Schedule("η = t"), {|OPT015:State("v")|}] partial class Warmup;""");

    [Fact]
    public Task OPT016_states_and_hyper_parameters_of_no_rule() => Verify(
        """using OptDsl; [{|OPT016:State("v")|}] class Rule { [{|OPT016:Hyper("x")|}] public double X { get; set; } }""");

    [Theory]
    [InlineData("OptDsl.UpdateRule(\"W = W - g/√(t+1)\", FirstStep = {|OPT019:2|})")]
    [InlineData("OptDsl.UpdateRule(\"W = W - g/√(t+1)\", FirstStep = {|OPT019:-1|})")]
    [InlineData("OptDsl.Schedule(\"η = 1/(t+1)\", FirstStep = {|OPT019:10|})")]
    [InlineData("OptDsl.UpdateRule(\"W = W - g/√(t+1)\", FirstStep = 0)")]
    [InlineData("OptDsl.UpdateRule(\"W = W - g/√(t+1)\", FirstStep = 1)")]
    [InlineData("OptDsl.Schedule(\"η = 1/(t+1)\", FirstStep = 0)")]
    public Task OPT019_steps_from_0_or_1(string attribute) => Verify($"[{attribute}] partial class Counted;");

    [Fact]
    public async Task Messages_name_what_they_are_about()
    {
        var diagnostics = await AnalyzerVerifier.VerifyAsync<DeclarationAnalyzer>(
            """using OptDsl; [UpdateRule("W = g"), State({|OPT008:"t"|})] partial class Rule { [Hyper("x", Max = -0.5)] public double X { get; set; } = {|OPT014:1.5|}; }""");
        Assert.Equal(
            ["'t' is the symbol of the step and of a state: the step needs no declaration; remove this one, or rename one of them", "The default 1.5 of 'X' is outside its bounds, -∞ to -0.5"],
            GeneratorRun.UnderForeignCulture(() => diagnostics.Select(diagnostic => diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)).ToArray()));
    }

    private static Task<ImmutableArray<Diagnostic>> Verify(params string[] sources) => AnalyzerVerifier.VerifyAsync<DeclarationAnalyzer>(sources);
}
