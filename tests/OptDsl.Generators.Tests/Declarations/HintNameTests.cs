using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Declarations;

/// <summary>One file a rule, under a name that no other rule can have.</summary>
public sealed class HintNameTests
{
    private const string Rule = "[OptDsl.UpdateRule(\"W = W - g\")]";

    [Fact]
    public void Names_are_the_metadata_names() => Assert.Equal(
        ["Demo.Inner.Outer`2+Sgd`1.g.cs", "Global.g.cs", "M\u0302.g.cs", "class.g.cs"],
        Names(
            $$"""
            {{Rule}} partial class Global;
            {{Rule}} partial class @class;
            {{Rule}} partial class M{{'\u0302'}};
            namespace Demo.Inner { partial class Outer<T, U> { {{Rule}} partial class Sgd<V>; } }
            """));

    [Fact]
    public void Names_that_differ_in_case_only_do_not_collide()
    {
        var names = Names($"namespace Demo {{ {Rule} partial class Adam; {Rule} partial class ADAM; }} namespace demo {{ {Rule} partial class Adam; {Rule} partial class Sgd; }}");
        Assert.Equal(4, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names, name => Assert.Matches("^[Dd]emo\\.(Adam|ADAM|Sgd)-[0-9a-f]{32}\\.g\\.cs$", name));
    }

    [Fact]
    public void Names_of_one_short_hash_do_not_collide() => Assert.Equal(
        2, Names($"{Rule} partial class aCcUmULAteDGrAdIeN; {Rule} partial class aCCUmulaTEdGradIEn;").Distinct(StringComparer.OrdinalIgnoreCase).Count());

    [Fact]
    public void Twins_elsewhere_leave_a_name_alone() => Assert.Contains(
        "Demo.Inner.Adam.g.cs",
        Names($"namespace Demo {{ {Rule} partial class Sgd; class sgd; }} namespace Demo.Inner {{ {Rule} partial class Adam; }} namespace Demo.Outer {{ class ADAM; }}"));

    [Fact]
    public void A_rule_on_two_parts_has_one_file() =>
        Assert.Equal(["Sgd.g.cs"], Names($"{Rule} partial class Sgd;", $"{Rule} partial class Sgd;"));

    [Fact]
    public void A_rule_that_is_a_schedule_too_has_one_file() =>
        Assert.Equal(["Sgd.g.cs"], Names($"[OptDsl.Schedule(\"η = t\")] partial class Sgd;", $"{Rule} partial class Sgd;"));

    private static string[] Names(params string[] sources) =>
        [.. GeneratorRun.Of(sources).Files.Select(file => file.HintName).Order(StringComparer.Ordinal)];
}
