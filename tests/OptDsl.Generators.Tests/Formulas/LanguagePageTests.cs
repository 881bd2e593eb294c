using System.Text.RegularExpressions;
using OptDsl.Generators.Formulas.Binding;
using OptDsl.Generators.Tests.Infrastructure;

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
        Assert.All(FunctionTable.All.Keys.Where(name => name != "sgn"), name => Assert.Matches($@"\b{name}\b", section));
    }

    [Theory]
    [InlineData("g / lr β₁")]
    [InlineData("g / lrβ₁")]
    [InlineData("v_t-1")]
    [InlineData("β₁^{(t-1)}")]
    [InlineData("g^vg")]
    [InlineData("∇f(W + lr v)")]
    public void The_traps_are_refused(string expression) =>
        Assert.NotEmpty(OptDsl.Generators.Formulas.FormulaCompiler.Compile(
            Rule.Source($"W = {expression}", "v", "β₁ lr"), TestContext.Current.CancellationToken).Errors);

    [GeneratedRegex(@"`((?:[^`\\]|\\.)+)`")]
    private static partial Regex Cell();
}
