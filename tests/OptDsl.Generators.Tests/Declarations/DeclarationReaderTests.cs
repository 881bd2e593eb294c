using Microsoft.CodeAnalysis;
using OptDsl.Generators.Declarations;
using OptDsl.Generators.Tests.Infrastructure;
using OptDsl.Language.Backends.CSharp;
using OptDsl.Language.Formulas;

namespace OptDsl.Generators.Tests.Declarations;

/// <summary>What the reader makes of a declaration: the data that everything generated is a function of.</summary>
public sealed class DeclarationReaderTests
{
    [Fact]
    public void Every_part_of_a_rule_is_read()
    {
        var declaration = Read(
            "Demo.Outer`1+Rule",
            """
            using OptDsl;
            namespace Demo;
            partial interface Outer<T>
            {
                [UpdateRule("θ = θ - ηδ", Parameter = "θ", Gradient = "δ", Step = "k", Maximize = true, Precise = true)]
                [State("m"), State("d", Per = Per.Group), State("n", Initial = "θ²", Per = Per.Tensor, Output = true, Meaning = "noise")]
                internal partial record Rule
                {
                    [Hyper("η", Min = 0, Max = 10)] public Schedule LearningRate { get; set; } = 0.1;
                }
            }
            """);

        Assert.Equal(
            new RuleDeclaration(
                new TypeHeader("Demo", Array(new TypePart("interface", "Outer", Array("T"))), new TypePart("record", "Rule", Array<string>())),
                new RuleSource(
                    RuleKind.UpdateRule, "θ = θ - ηδ", "θ", "δ", "k", Maximize: true,
                    Array(new StateSource("m", "0", Cardinality.PerElement, Output: false), new StateSource("d", "0", Cardinality.PerGroup, Output: false), new StateSource("n", "θ²", Cardinality.PerTensor, Output: true) { Meaning = "noise" }),
                    Array(new HyperSource("η", "LearningRate", HyperType.Schedule, 0, 10, 0.1))),
                Precise: true, CheckOverflow: false)
            {
                HintName = "Demo.Outer`1+Rule.g.cs",
            },
            declaration);
    }

    [Fact]
    public void A_schedule_has_the_step_only()
    {
        var source = Read("Decaying", """[OptDsl.Schedule("η = a / k", Step = "k", FirstStep = 0)] partial class Decaying { [OptDsl.Hyper("a")] public bool A { get; set; } = true; }""").Source;
        Assert.Equal(
            new RuleSource(
                RuleKind.Schedule, "η = a / k", "", "", "k", Maximize: false, Array<StateSource>(),
                Array(new HyperSource("a", "A", HyperType.Boolean, double.NegativeInfinity, double.PositiveInfinity, 1)))
            { FirstStep = 0 },
            source);
    }

    [Theory]
    [InlineData("double X { get; set; } = 0.1;", 0.1)]
    [InlineData("double X { get; set; } = -0.5;", -0.5)]
    [InlineData("double X { get; set; } = 1;", 1.0)]
    [InlineData("double X { get; set; } = 1 / 2;", 0.0)]
    [InlineData("double X { get; set; } = (double)1 / 4;", 0.25)]
    [InlineData("double X { get; set; } = 2 * Third + 1;", 7.0)]
    [InlineData("double X { get; set; } = double.PositiveInfinity;", double.PositiveInfinity)]
    [InlineData("float X { get; set; } = 0.1f;", (double)0.1f)]
    [InlineData("float X { get; init; } = (float)0.1;", (double)0.1f)]
    [InlineData("Schedule X { get; set; } = 0.1;", 0.1)]
    [InlineData("Schedule X { get; set; } = -3;", -3.0)]
    [InlineData("Schedule X { get; set; } = Third;", 3.0)]
    [InlineData("Schedule X { get; set; } = Schedule.FromDouble(1);", null)]
    [InlineData("double X { get; set; } = System.Math.Sqrt(2);", null)]
    [InlineData("double X { get; set; }", null)]
    [InlineData("bool X { get; set; } = true;", 1.0)]
    [InlineData("bool X { get; set; } = !true;", 0.0)]
    public void Defaults_are_constant_initialisers(string property, double? value)
    {
        var source = Read("Rule", $$"""using OptDsl; [UpdateRule("W = g")] partial class Rule { const double Third = 3; [Hyper("x")] public {{property}} }""").Source;
        Assert.Equal(value, Assert.Single(source.Hypers).Default);
    }

    [Fact]
    public void Defaults_are_found_on_other_parts_and_in_primary_constructors()
    {
        var source = Read(
            "Rule",
            """using OptDsl; [UpdateRule("W = g")] partial record Rule([property: Hyper("x")] double X = 2);""",
            """using OptDsl; partial record Rule { [Hyper("y")] public double Y { get; set; } = Constants.Y; } static class Constants { public const int Y = 4; }""").Source;
        Assert.Equal([2, 4], source.Hypers.Select(hyper => hyper.Default));
    }

    [Fact]
    public void Overflow_checks_of_the_project_are_noted()
    {
        var compilation = TestCompilation.Create(SourceFile.Numbered("""[OptDsl.UpdateRule("W = g")] partial class Rule;"""));
        var isChecked = compilation.WithOptions(compilation.Options.WithOverflowChecks(true));
        Assert.True(DeclarationReader.Read(isChecked.GetTypeByMetadataName("Rule")!, isChecked, TestContext.Current.CancellationToken)!.CheckOverflow);
    }

    [Fact]
    public void Attributes_of_other_libraries_are_not_ours()
    {
        var compilation = TestCompilation.Create(SourceFile.Numbered(
            """namespace Other { class UpdateRuleAttribute(string formulas) : System.Attribute { public string Formulas => formulas; } [UpdateRule("W = g")] class Rule; }"""));
        Assert.Null(DeclarationReader.Read(compilation.GetTypeByMetadataName("Other.Rule")!, compilation, TestContext.Current.CancellationToken));
    }

    private static RuleDeclaration Read(string typeName, params string[] sources)
    {
        var compilation = TestCompilation.Create(SourceFile.Numbered(sources));
        var errors = new List<Diagnostic>();
        var declaration = DeclarationReader.Read(
            compilation.GetTypeByMetadataName(typeName)!, compilation, TestContext.Current.CancellationToken, errors.Add);
        Assert.Empty(errors);
        return declaration!;
    }

    private static EquatableArray<T> Array<T>(params T[] items)
        where T : IEquatable<T> => new([.. items]);
}
