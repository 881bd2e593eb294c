using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace OptDsl.Tests.Rules;

/// <summary>The table in the library's README, which is made from the code: descriptions, and the rules' own comments.</summary>
public sealed class LibraryTableTests
{
    private const string Header = "| rule | what it is | states | passes | bytes an element | degree in g | degree in η | bias correction | ε |";

    [Fact]
    public void The_readme_has_the_table_of_the_code()
    {
        var readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Rules", "README.md")).ReplaceLineEndings("\n");
        var table = Table();
        Assert.True(readme.Contains(table, StringComparison.Ordinal), $"Replace the table in src/OptDsl/Rules/README.md by this one:\n\n{table}");
    }

    [Fact]
    public void Every_state_says_what_it_is()
    {
        foreach (var description in DeclaredRule.All.Select(Describe))
            Assert.All(description.States, state => Assert.NotEqual("", state.Meaning));
    }

    [Fact]
    public void Descriptions_have_the_formulas_in_both_notations()
    {
        foreach (var description in DeclaredRule.All.Select(Describe))
            Assert.Equal(description.Formulas.Split('\n').Length, description.Latex.Split('\n').Length);
        Assert.Contains(@"\sqrt{\hat{v}}", Describe(typeof(OptDsl.Rules.Adam)).Latex, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_add_their_states_and_their_bytes()
    {
        var description = Describe(typeof(OptDsl.Rules.RmsProp));
        Assert.Equal([("", true), ("centered", false), ("μ ≠ 0", false)], description.States.Select(state => (state.When, state.IsThereByDefault)));
        Assert.Equal(20, description.BytesPerElement(sizeof(float)));
        Assert.Equal(28, description.BytesPerElement(sizeof(float), state => state.Symbol == "b"));
        Assert.Equal(72, description.BytesPerElement(sizeof(double), _ => true));
        Assert.Contains("0 before the first step, only while centered", description.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(OptDsl.Rules.Sgd), 1.0, 1.0, false, false)]
    [InlineData(typeof(OptDsl.Rules.Adam), 0.0, 1.0, true, true)]
    [InlineData(typeof(OptDsl.Rules.RmsProp), 0.0, 1.0, false, true)]
    [InlineData(typeof(OptDsl.Rules.Lion), 0.0, 1.0, false, false)]
    [InlineData(typeof(OptDsl.Rules.Madgrad), 1 / 3.0, 2 / 3.0, false, true)]
    [InlineData(typeof(OptDsl.Rules.AdaBound), null, 1.0, true, true)]
    public void Traits_are_those_of_the_algorithm(Type rule, double? gradientDegree, double? stepSizeDegree, bool biasCorrection, bool epsilon)
    {
        var description = Describe(rule);
        Assert.Equal(
            (gradientDegree, stepSizeDegree, biasCorrection, epsilon),
            (description.GradientDegree, description.StepSizeDegree, description.HasBiasCorrection, description.HasEpsilon));
    }

    private static RuleDescription Describe(Type rule) => ((IUpdateRule)Activator.CreateInstance(rule)!).Description;

    private static string Table()
    {
        var documentation = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "OptDsl.xml")).Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("summary"));
        var table = new StringBuilder(Header).Append("\n|---|---|---|---|---|---|---|---|---|\n");
        foreach (var rule in DeclaredRule.All)
        {
            var description = Describe(rule);
            var states = string.Join("; ", description.States.Select(state => $"{state.Symbol} {state.Meaning}{(state.Per switch { Per.Group => " (per group)", Per.Tensor => " (per tensor)", _ => "" })}{(state.When == "" ? "" : $" (while {state.When})")}"));
            table.Append(CultureInfo.InvariantCulture, $"| [{rule.Name}]({rule.Name}.cs) | {FirstSentence(documentation[$"T:{rule.FullName}"]!)} | {states} ");
            table.Append(CultureInfo.InvariantCulture, $"| {Between(description.Passes.Count(pass => pass.When == ""), description.Passes.Count)} | {Bytes(description)} ");
            table.Append(CultureInfo.InvariantCulture, $"| {Degree(description.GradientDegree)} | {Degree(description.StepSizeDegree)} ");
            table.Append(CultureInfo.InvariantCulture, $"| {Mark(description.HasBiasCorrection)} | {Mark(description.HasEpsilon)} |\n");
        }

        return table.ToString();
    }

    private static string FirstSentence(XElement summary)
    {
        var text = string.Concat(summary.Nodes().Select(node => node is XElement see ? see.Attribute("cref")!.Value.Split('.')[^1] : node.ToString()));
        var words = string.Join(' ', text.Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        var end = words.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? words : words[..end]).TrimEnd('.');
    }

    private static string Bytes(RuleDescription description) =>
        Between(description.BytesPerElement(sizeof(float), _ => false, _ => false), description.BytesPerElement(sizeof(float), _ => true, _ => true));

    private static string Between(int least, int most) => least == most ? $"{most}" : $"{least} to {most}";

    private static string Degree(double? degree) => degree switch
    {
        null => "",
        1 / 3.0 => "1/3",
        2 / 3.0 => "2/3",
        _ => degree.Value.ToString("0.##", CultureInfo.InvariantCulture),
    };

    private static string Mark(bool value) => value ? "yes" : "";
}
