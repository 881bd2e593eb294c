using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.Text;
using OptDsl.CodeFixes.Renaming;
using OptDsl.Generators.Analyzers;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.CodeFixes;

/// <summary>A symbol is renamed wherever a rule names it.</summary>
public sealed class RenameTests
{
    [Theory]
    [InlineData("m$$_hat", "m̂")]
    [InlineData("m_hat$$", "m̂")]
    public Task A_symbol_is_renamed_from_its_declaration(string declared, string name) => Verify(
        $$"""using OptDsl; [UpdateRule("m_hat = 0.9m_hat + g; W = W - m_hat/(1 + ‖m_hat‖)"), State("{{declared}}")] partial class Rule;""",
        $"Rename 'm_hat' to '{name}'",
        $$"""using OptDsl; [UpdateRule("{{name}} = 0.9{{name}} + g; W = W - {{name}}/(1 + ‖{{name}}‖)"), State("{{name}}")] partial class Rule;""");

    [Theory]
    [InlineData("m = be$$ta_1 m + (1-beta_1)g; W = W - m", "m = β₁ m + (1-β₁)g; W = W - m")]
    [InlineData("m = beta_1 m + (1-$$beta_1)g; W = W - m/(1 - beta_1^t)", "m = β₁ m + (1-β₁)g; W = W - m/(1 - β₁^t)")]
    public Task A_hyper_parameter_is_renamed_from_the_formulas(string formulas, string expected) => Verify(
        Momentum(formulas, "beta_1"), "Rename 'beta_1' to 'β₁'", Momentum(expected, "β₁"));

    [Theory]
    [InlineData("m_t = β₁ $$m_{t-1} + (1-β₁)g_t; W_t = W_{t-1} - m_t", "exp_avg_t = β₁ exp_avg_{t-1} + (1-β₁)g_t; W_t = W_{t-1} - exp_avg_t")]
    [InlineData("m = β₁m$$ + (1-β₁)g; W = W - m", "exp_avg = β₁ exp_avg + (1-β₁)g; W = W - exp_avg")]
    public Task Times_stay_where_they_are(string formulas, string expected) => Verify(
        Momentum(formulas, "β₁", "m"), "Rename 'm' to 'exp_avg'", Momentum(expected, "β₁", "exp_avg"));

    /// <summary>A name that would run into the letter before it is set apart.</summary>
    [Fact]
    public Task A_product_without_a_sign_stays_one() => Verify(
        """using OptDsl; [UpdateRule("v = μv + g; W = W - ημ$$v"), State("v")] partial class Rule { [Hyper("μ")] public double Mu { get; set; } [Hyper("η")] public double Eta { get; set; } }""",
        "Rename 'μ' to 'mu'",
        """using OptDsl; [UpdateRule("v = mu v + g; W = W - η mu v"), State("v")] partial class Rule { [Hyper("mu")] public double Mu { get; set; } [Hyper("η")] public double Eta { get; set; } }""");

    [Fact]
    public Task Initial_values_and_conditions_follow() => Verify(
        """
        using OptDsl;
        [UpdateRule("v = gamma$$ v + g; W = W - 0.1(gamma ≠ 0 ? v : g)")]
        [State("v", Initial = "gamma W", When = "gamma ≠ 0")]
        partial class Rule { [Hyper("gamma")] public double Decay { get; set; } }
        """,
        "Rename 'gamma' to 'γ'",
        """
        using OptDsl;
        [UpdateRule("v = γ v + g; W = W - 0.1(γ ≠ 0 ? v : g)")]
        [State("v", Initial = "γ W", When = "γ ≠ 0")]
        partial class Rule { [Hyper("γ")] public double Decay { get; set; } }
        """);

    [Fact]
    public Task It_is_found_in_a_condition() => Verify(
        """using OptDsl; [UpdateRule("v = gamma v + g; W = W - (gamma ≠ 0 ? v : g)"), State("v", When = "ga$$mma ≠ 0")] partial class Rule { [Hyper("gamma")] public double Decay { get; set; } }""",
        "Rename 'gamma' to 'γ'",
        """using OptDsl; [UpdateRule("v = γ v + g; W = W - (γ ≠ 0 ? v : g)"), State("v", When = "γ ≠ 0")] partial class Rule { [Hyper("γ")] public double Decay { get; set; } }""");

    [Fact]
    public Task A_temporary_is_renamed_in_the_formulas_alone() => Verify(
        """using OptDsl; [UpdateRule("theta = 2g; theta = theta + W; W = W - $$theta")] partial class Rule;""",
        "Rename 'theta' to 'θ'",
        """using OptDsl; [UpdateRule("θ = 2g; θ = θ + W; W = W - θ")] partial class Rule;""");

    [Theory]
    [InlineData("@\"v = \\gamma$$ v + g; W = W - v\"", "@\"v = gamma v + g; W = W - v\"")]
    [InlineData("\"\"\"\n    v = γ$$ v + g  # with γ\n    W = W - v\n    \"\"\"", "\"\"\"\n    v = gamma v + g  # with γ\n    W = W - v\n    \"\"\"")]
    [InlineData("\"v = \\u03b3$$ v + g; W = W - v\"", "\"v = gamma v + g; W = W - v\"")]
    public Task Every_kind_of_literal_and_notation_is_edited(string argument, string expected) => Verify(
        $$"""using OptDsl; [UpdateRule({{argument}}), State("v")] partial class Rule { [Hyper("γ")] public double Decay { get; set; } }""",
        argument.Contains("\\gamma", StringComparison.Ordinal) ? "Rename '\\gamma' to 'gamma'" : "Rename 'γ' to 'gamma'",
        $$"""using OptDsl; [UpdateRule({{expected}}), State("v")] partial class Rule { [Hyper("gamma")] public double Decay { get; set; } }""");

    [Fact]
    public Task A_schedule_is_renamed_too() => Verify(
        """using OptDsl; [Schedule("η = al$$pha/t")] partial class Decay { [Hyper("alpha")] public double First { get; set; } }""",
        "Rename 'alpha' to 'α'",
        """using OptDsl; [Schedule("η = α/t")] partial class Decay { [Hyper("α")] public double First { get; set; } }""");

    /// <summary>The property is named as papers name it.</summary>
    [Fact]
    public Task The_letter_of_the_property_is_offered() => Verify(
        """using OptDsl; [UpdateRule("W = W - r$$ g")] partial class Rule { [Hyper("r")] public double LearningRate { get; set; } }""",
        "Rename 'r' to 'η'",
        """using OptDsl; [UpdateRule("W = W - η g")] partial class Rule { [Hyper("η")] public double LearningRate { get; set; } }""");

    [Fact]
    public async Task The_other_file_of_a_rule_is_edited()
    {
        var (document, position) = EditorDocument.Open("""using OptDsl; [UpdateRule("W = W - eta$$ g")] partial class Rule;""");
        var other = document.Project.AddDocument("Other.cs", SourceText.From("""using OptDsl; partial class Rule { [Hyper("eta")] public double Rate { get; set; } }"""));
        document = other.Project.GetDocument(document.Id)!;
        var action = Assert.Single(await OfferAsync(document, position), action => action.Title == "Rename 'eta' to 'η'");
        var solution = (await action.GetOperationsAsync(TestContext.Current.CancellationToken)).OfType<ApplyChangesOperation>().Single().ChangedSolution;
        Assert.Contains("[Hyper(\"η\")]", (await solution.GetDocument(other.Id)!.GetTextAsync(TestContext.Current.CancellationToken)).ToString(), StringComparison.Ordinal);
        Assert.Contains("W - η g", (await solution.GetDocument(document.Id)!.GetTextAsync(TestContext.Current.CancellationToken)).ToString(), StringComparison.Ordinal);
    }

    /// <summary>Conflicts, roles, what does not compile, what is composed of several texts.</summary>
    [Theory]
    [InlineData("""[UpdateRule("γ = 2g; W = W - gam$$ma γ")] partial class Rule { [Hyper("gamma")] public double Decay { get; set; } }""")]
    [InlineData("""[UpdateRule("W = W - gam$$ma g"), State("γ")] partial class Rule { [Hyper("gamma")] public double Decay { get; set; } }""")]
    [InlineData("""[UpdateRule("theta = theta - 0.1 gr$$ad", Parameter = "theta", Gradient = "grad")] partial class Rule;""")]
    [InlineData("""[UpdateRule("W = W - gam$$ma unknown g")] partial class Rule { [Hyper("gamma")] public double Decay { get; set; } }""")]
    [InlineData("""[UpdateRule("W = W - gam$$ma " + "g")] partial class Rule { [Hyper("gamma")] public double Decay { get; set; } }""")]
    [InlineData("""[UpdateRule("W = W - gam$$ma g")] partial class Rule { const string Symbol = "gamma"; [Hyper(Symbol)] public double Decay { get; set; } }""")]
    [InlineData("""[UpdateRule("g_{t-1}$$ = g; W = W - g - g_{t-1}"), State("g_{t-1}")] partial class Rule;""")]
    [InlineData("""[UpdateRule("pi$$ = 2g; W = W - pi")] partial class Rule;""")]
    public async Task Nothing_is_offered_where_it_would_be_wrong(string source)
    {
        var (document, position) = EditorDocument.Open("using OptDsl; " + source);
        Assert.Empty(await OfferAsync(document, position));
    }

    [Fact]
    public async Task A_rename_that_was_begun_in_the_declaration_is_ended()
    {
        const string Source = """using OptDsl; [UpdateRule("m = 0.9{|OPT108:m|} + g; W = W - ηm"), State("mom")] partial class Rule { [Hyper("η")] public double Eta { get; set; } }""";
        Assert.Contains("Rename 'm' to 'mom' in the formulas", await CodeFixVerifier.TitlesAsync<FormulaAnalyzer, RenameFixProvider>(Source));
        await CodeFixVerifier.VerifyAsync<FormulaAnalyzer, RenameFixProvider>(
            Source,
            """using OptDsl; [UpdateRule("mom = 0.9mom + g; W = W - η mom"), State("mom")] partial class Rule { [Hyper("η")] public double Eta { get; set; } }""",
            title: "Rename 'm' to 'mom' in the formulas");
    }

    [Fact]
    public Task A_rename_that_was_begun_in_the_formulas_is_ended() => CodeFixVerifier.VerifyAsync<FormulaAnalyzer, RenameFixProvider>(
        """using OptDsl; [UpdateRule("W = W - {|OPT102:γ|}g")] partial class Rule { [Hyper("η")] public double Eta { get; set; } }""",
        """using OptDsl; [UpdateRule("W = W - γg")] partial class Rule { [Hyper("γ")] public double Eta { get; set; } }""",
        fix: 1, title: "Declare 'γ' in the place of 'η'");

    /// <summary>What is used already cannot stand for what is not known.</summary>
    [Fact]
    public Task A_name_that_is_missing_is_no_rename() => CodeFixVerifier.VerifyNoFixAsync<FormulaAnalyzer, RenameFixProvider>(
        """using OptDsl; [UpdateRule("v = v + g; W = W - η{|OPT102:m|}v"), State("v")] partial class Rule { [Hyper("η")] public double Eta { get; set; } }""");

    [Fact]
    public void Fixing_all_has_nothing_to_gather() => Assert.Null(new RenameFixProvider().GetFixAllProvider());

    private static string Momentum(string formulas, string beta, string state = "m") =>
        $$"""using OptDsl; [UpdateRule("{{formulas}}"), State("{{state}}", Meaning = "first moment (exp_avg)")] partial class Rule { [Hyper("{{beta}}")] public double Beta1 { get; set; } }""";

    private static async Task Verify(string source, string title, string expected)
    {
        var (document, position) = EditorDocument.Open(source);
        var action = Assert.Single(await OfferAsync(document, position), action => action.Title == title);
        var solution = (await action.GetOperationsAsync(TestContext.Current.CancellationToken)).OfType<ApplyChangesOperation>().Single().ChangedSolution;
        Assert.Equal(expected, (await solution.GetDocument(document.Id)!.GetTextAsync(TestContext.Current.CancellationToken)).ToString());
    }

    private static async Task<List<CodeAction>> OfferAsync(Document document, int position)
    {
        var actions = new List<CodeAction>();
        await new RenameRefactoringProvider().ComputeRefactoringsAsync(new CodeRefactoringContext(
            document, new TextSpan(position, 0), actions.Add, TestContext.Current.CancellationToken));
        return actions;
    }
}
