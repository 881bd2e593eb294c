using System.Text.RegularExpressions;
using OptDsl.Generators.Tests.Infrastructure;
using OptDsl.Language.Checks;
using OptDsl.Language.Checks.Analysis;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Operations;

namespace OptDsl.Generators.Tests.Formulas;

/// <summary>What src/LANGUAGE.md says is so.</summary>
public sealed partial class LanguagePageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(BuildMetadata.GeneratorsFolder, "..", "src", "LANGUAGE.md"));

    public static TheoryData<string> NotationRows =>
        [.. Page.Split('\n').SkipWhile(line => line != "| plain | Unicode | LaTeX |").Skip(2).TakeWhile(line => line.StartsWith('|'))];

    [Theory]
    [MemberData(nameof(NotationRows))]
    public void The_columns_of_a_row_are_the_same_formula(string row)
    {
        var cells = Cell().Matches(row).Select(match => match.Groups[1].Value.Replace(@"\|", "|", StringComparison.Ordinal)).ToArray();

        Assert.Equal(3, cells.Length);
        var models = cells.Select(cell => ModelText.Of(Rule.Model(Rule.Source($"W = {cell}", "v v̂ g'", "β₁ lr")))).ToArray();
        Assert.All(models, model => Assert.Equal(models[0], model));
    }

    [Fact]
    public void Every_function_is_named()
    {
        var section = Page[Page.IndexOf("## Functions", StringComparison.Ordinal)..Page.IndexOf("## Notation", StringComparison.Ordinal)];
        Assert.All(Functions.All.Values.Where(function => function.Alias is null).Select(function => function.Name), name => Assert.Matches($@"\b{name}\b", section));
    }

    [Theory]
    [InlineData("g / lr β₁")]
    [InlineData("g / lrβ₁")]
    [InlineData("v_t-1")]
    [InlineData("β₁^{(t-1)}")]
    [InlineData("g^vg")]
    [InlineData("∇f(W + lr v)")]
    public void The_traps_are_refused(string expression) =>
        Assert.NotEmpty(FormulaCompiler.Compile(
            Rule.Source($"W = {expression}", "v", "β₁ lr"), TestContext.Current.CancellationToken).Errors);

    [Fact]
    public void The_example_of_a_group_shares_what_it_should_and_nothing_is_wrong_with_it()
    {
        var section = Page[Page.IndexOf("## Groups of tensors", StringComparison.Ordinal)..Page.IndexOf("## Products", StringComparison.Ordinal)];
        var source = Rule.Of(
            section.Split("```text\n")[1].Split("```")[0], "q:group s d=1e-6:group W₀=W",
            Rule.Hyper("ω", 0.99, 0, 1), Rule.Hyper("η", 1, 0), Rule.Hyper("ε", 1e-12, 0));
        Assert.Empty(RuleLints.Analyze(Rule.Model(source), LintOptions.Default, TestContext.Current.CancellationToken).Where(finding => !LintIds.IsNote(finding.Id)));
    }

    [Fact]
    public void The_example_of_a_choice_compiles()
    {
        var section = Page[Page.IndexOf("## Choices", StringComparison.Ordinal)..Page.IndexOf("## States that", StringComparison.Ordinal)];
        Rule.Model(Rule.Source(section.Split("```text\n")[1].Split("```")[0], "v", "μ η nesterov"));
    }

    [Fact]
    public void The_example_of_counting_from_0_compiles()
    {
        var section = Page[Page.IndexOf("## Counting from 0", StringComparison.Ordinal)..Page.IndexOf("## Choices", StringComparison.Ordinal)];
        Rule.Model(Rule.Source(section.Split("\"\"\"")[1], "s z x₀=W", "γ ε", step: "k") with { FirstStep = 0 });
    }

    [GeneratedRegex(@"`((?:[^`\\]|\\.)+)`")]
    private static partial Regex Cell();
}
