using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.Text;
using OptDsl.CodeFixes.Completion;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Completion;

public sealed class FormulaCompletionTests
{
    [Fact]
    public async Task Declared_names_functions_and_letters_are_offered()
    {
        var items = await CompleteAsync(Rule("\"u = v; W = W - $$\""));

        Assert.Contains("W", items.Keys);
        Assert.Contains("g", items.Keys);
        Assert.Contains("t", items.Keys);
        Assert.Contains("v", items.Keys);
        Assert.Contains("η", items.Keys);
        Assert.Contains("u", items.Keys);
        Assert.Contains("sqrt", items.Keys);
        Assert.Equal("1 / √x", items["rsqrt"].Properties["Help"]);
    }

    /// <summary>The functions that a text defines, and its temporaries, with what is written below them.</summary>
    [Theory]
    [InlineData("\"φ(x) = x / (1 + |x|); W = W - η$$\"", "φ")]
    [InlineData("\"f_1(x) = 2x; W = W - η$$\"", "f₁")]
    [InlineData("\"W = W - η$$; where squash(x) = x/2\"", "squash")]
    [InlineData("\"u_1 = v; W = W - η$$\"", "u₁")]
    public async Task Names_of_the_text_are_offered_as_they_are_written(string argument, string name)
    {
        var items = await CompleteAsync(Rule(argument));

        Assert.Equal(name, items[name].Properties["Inserted"]);
    }

    [Fact]
    public async Task Behind_a_backslash_letters_and_accents_are_offered()
    {
        var items = await CompleteAsync(Rule("@\"W = W - \\$$\""));

        Assert.Equal("β", items["\\beta"].Properties["Inserted"]);
        Assert.Equal("\u0302", items["\\hat"].Properties["Inserted"]);
        Assert.DoesNotContain("sqrt", items.Keys);
    }

    /// <summary>Typing goes on as it is typed: <c>d =</c> stays <c>d =</c>.</summary>
    [Theory]
    [InlineData("\"W = W - ηv; d$$\"")]
    [InlineData("\"d$$\"")]
    [InlineData("\"W = W\\n d$$\"")]
    [InlineData("\"\"\"\n    W = W - v\n    x$$\n    \"\"\"")]
    public async Task Where_a_statement_starts_only_names_are_offered(string argument)
    {
        var items = await CompleteAsync(Rule(argument));

        Assert.Contains("W", items.Keys);
        Assert.DoesNotContain("dot", items.Keys);
        Assert.DoesNotContain("\\xi", items.Keys);
    }

    [Fact]
    public async Task No_character_takes_an_entry_and_names_are_not_selected_by_themselves()
    {
        foreach (var item in (await CompleteAsync(Rule("\"W = W - s$$\""))).Values)
        {
            Assert.Equal(CompletionItemSelectionBehavior.SoftSelection, item.Rules.SelectionBehavior);
            var rule = Assert.Single(item.Rules.CommitCharacterRules);
            Assert.Equal((CharacterSetModificationKind.Replace, 0), (rule.Kind, rule.Characters.Length));
        }
    }

    [Theory]
    [InlineData("\"W = W - ηv # the v$$\"")]
    [InlineData("\"W = W - ηv // the v$$\"")]
    [InlineData("\"\"\"\n    # s$$\n    W = W - v\n    \"\"\"")]
    public async Task Inside_a_comment_nothing_is_offered(string argument) => Assert.Empty(await CompleteAsync(Rule(argument)));

    [Fact]
    public async Task The_symbol_of_a_state_is_a_name_that_the_formulas_read()
    {
        var items = await CompleteAsync("""using OptDsl; [UpdateRule("W = W - ηm"), State("$$")] partial class Rule { [Hyper("η")] public double Eta { get; set; } }""");

        Assert.Contains("m", items.Keys);
        Assert.DoesNotContain("η", items.Keys);
        Assert.DoesNotContain("sqrt", items.Keys);
    }

    [Fact]
    public async Task The_symbol_of_a_hyper_parameter_is_completed_by_its_command()
    {
        var items = await CompleteAsync("""using OptDsl; [UpdateRule("W = W - ηg")] partial class Rule { [Hyper(@"\et$$")] public double Eta { get; set; } }""");

        Assert.Equal("η", items["\\eta"].Properties["Inserted"]);
    }

    [Theory]
    [InlineData("", "a state, one value an element")]
    [InlineData(", Per = Per.Tensor", "a state, one value a tensor")]
    [InlineData(", Per = Per.Group", "a state, one value a group")]
    public async Task A_state_says_what_it_has_one_value_of(string shape, string help)
    {
        var items = await CompleteAsync($"""using OptDsl; [UpdateRule("W = W - g$$"), State("v"{shape})] partial class Rule;""");
        Assert.Equal(help, items["v"].Properties["Help"]);
    }

    [Theory]
    [InlineData("\"W = W - \\\\bet$$\"", "\\beta", "\"W = W - β\"")]
    [InlineData("@\"W = W - \\bet$$\"", "\\beta", "@\"W = W - β\"")]
    [InlineData("\"\"\"W = W - v\\ha$$\"\"\"", "\\hat", "\"\"\"W = W - v\u0302\"\"\"")]
    [InlineData("\"W = W - sq$$\"", "sqrt", "\"W = W - sqrt\"")]
    public async Task Choosing_an_entry_replaces_what_was_typed(string argument, string entry, string expected)
    {
        var (document, position) = EditorDocument.Open(Rule(argument));
        var provider = new FormulaCompletionProvider();
        var items = await ItemsAsync(provider, document, position);

        var change = await provider.GetChangeAsync(document, items[entry], null, TestContext.Current.CancellationToken);
        var text = await document.GetTextAsync(TestContext.Current.CancellationToken);
        Assert.Contains(expected, text.WithChanges(change.TextChange).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_initial_value_sees_the_parameter_and_hyper_parameters_only()
    {
        var items = await CompleteAsync("""
            using OptDsl;
            [UpdateRule("W = W - v"), State("v", Initial = "$$")]
            partial class Rule { [Hyper("η")] public double Eta { get; set; } }
            """);

        Assert.Contains("W", items.Keys);
        Assert.Contains("η", items.Keys);
        Assert.DoesNotContain("g", items.Keys);
        Assert.DoesNotContain("v", items.Keys);
    }

    [Fact]
    public async Task A_condition_sees_the_hyper_parameters_that_do_not_change()
    {
        var items = await CompleteAsync("""
            using OptDsl;
            [UpdateRule("v = v; W = W - v"), State("v", When = "$$")]
            partial class Rule { [Hyper("η")] public Schedule Eta { get; set; } = 0.1; [Hyper("centered")] public bool Centered { get; set; } }
            """);

        Assert.Contains("centered", items.Keys);
        Assert.DoesNotContain("η", items.Keys);
        Assert.DoesNotContain("W", items.Keys);
        Assert.DoesNotContain("t", items.Keys);
    }

    [Theory]
    [InlineData("using OptDsl; [UpdateRule(\"W = W\")] partial class Rule { string s = \"$$\"; }")]
    [InlineData("using OptDsl; [UpdateRule(\"W = W\", Parameter = \"$$\")] partial class Rule { }")]
    [InlineData("[System.Obsolete(\"$$\")] class Other { }")]
    public async Task Other_strings_are_left_alone(string source) => Assert.Empty(await CompleteAsync(source));

    [Theory]
    [InlineData('\\', true)]
    [InlineData('s', true)]
    [InlineData(' ', false)]
    [InlineData('=', false)]
    public void Letters_and_backslashes_open_the_list(char typed, bool opens) => Assert.Equal(
        opens, new FormulaCompletionProvider().ShouldTriggerCompletion(SourceText.From("x"), 1, CompletionTrigger.CreateInsertionTrigger(typed), null!));

    private static string Rule(string argument) =>
        $$"""using OptDsl; [UpdateRule({{argument}}), State("v")] partial class Rule { [Hyper("η")] public double Eta { get; set; } }""";

    private static async Task<IReadOnlyDictionary<string, CompletionItem>> CompleteAsync(string source)
    {
        var (document, position) = EditorDocument.Open(source);
        return await ItemsAsync(new FormulaCompletionProvider(), document, position);
    }

    private static async Task<IReadOnlyDictionary<string, CompletionItem>> ItemsAsync(
        FormulaCompletionProvider provider, Microsoft.CodeAnalysis.Document document, int position)
    {
        var items = new Dictionary<string, CompletionItem>();
        var context = new CompletionContext(
            provider, document, position, new TextSpan(position, 0), CompletionTrigger.Invoke, document.Project.Solution.Options, TestContext.Current.CancellationToken);
        await provider.ProvideCompletionsAsync(context);
        foreach (var item in Recorded(context))
        {
            items[item.DisplayText] = item;
        }

        return items;
    }

    /// <summary>The items that a provider added; the host reads them through a member that is not public.</summary>
    private static IEnumerable<CompletionItem> Recorded(CompletionContext context) =>
        (IEnumerable<CompletionItem>)typeof(CompletionContext)
            .GetProperty("Items", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!.GetValue(context)!;
}
