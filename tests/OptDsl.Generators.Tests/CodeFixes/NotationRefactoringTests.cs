using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.Text;
using OptDsl.CodeFixes.Formulas;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.CodeFixes;

public sealed class NotationRefactoringTests
{
    private const string ToUnicode = "Write the formulas in Unicode notation";
    private const string ToLatex = "Write the formulas in LaTeX notation";

    [Theory]
    [InlineData(ToLatex, "\"$$W = W - ηβ₁ᵗ\"", "\"W = W - \\\\eta \\\\beta_{1}^{t}\"")]
    [InlineData(ToLatex, "@\"W$$ = W - ηβ₁ᵗ\"", "@\"W = W - \\eta \\beta_{1}^{t}\"")]
    [InlineData(ToUnicode, "@\"W_t $$&= W_{t-1} - \\frac{\\eta}{\\beta_1}\\,\\nabla f(W),\"", "@\"Wₜ = Wₜ₋₁ - (η / β₁) ∇f\"")]
    [InlineData(ToLatex, "\"\"\"\n    v = v + g   # the sum\n    W = W $$- ηv\n    \"\"\"", "\"\"\"\n    v = v + g   # the sum\n    W = W - \\eta v\n    \"\"\"")]
    public async Task The_other_notation_is_offered_in_every_kind_of_literal(string title, string argument, string expected)
    {
        var (document, actions) = await OfferAsync(Rule(argument));
        var action = Assert.Single(actions, action => action.Title == title);
        var operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        var solution = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
        var text = await solution.GetDocument(document.Id)!.GetTextAsync(TestContext.Current.CancellationToken);
        Assert.Contains(expected, text.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"$$W = W - unknown\"")]
    [InlineData("$$\"W = W \" + \"- g\"")]
    public async Task Nothing_is_offered_where_the_text_cannot_be_rewritten(string argument) =>
        Assert.Empty((await OfferAsync(Rule(argument))).Actions);

    [Fact]
    public async Task A_notation_that_is_written_already_is_not_offered() =>
        Assert.DoesNotContain((await OfferAsync(Rule("\"W = $$W - ηg\""))).Actions, action => action.Title == ToUnicode);

    private static string Rule(string argument) =>
        $$"""using OptDsl; [UpdateRule({{argument}}), State("v")] partial class Rule { [Hyper("η")] public double Eta { get; set; } [Hyper("β₁")] public double Beta { get; set; } }""";

    private static async Task<(Microsoft.CodeAnalysis.Document Document, List<CodeAction> Actions)> OfferAsync(string source)
    {
        var (document, position) = EditorDocument.Open(source);
        var actions = new List<CodeAction>();
        await new NotationRefactoringProvider().ComputeRefactoringsAsync(new CodeRefactoringContext(
            document, new TextSpan(position, 0), actions.Add, TestContext.Current.CancellationToken));
        return (document, actions);
    }
}
