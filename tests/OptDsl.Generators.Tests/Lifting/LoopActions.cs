using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.Text;
using OptDsl.CodeFixes.Loops;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Lifting;

/// <summary>What an editor offers for the loop in which its caret stands, at <c>$$</c>.</summary>
internal static class LoopActions
{
    public static async Task<string> ApplyAsync(string source, string title)
    {
        var (document, actions) = await OfferAsync(source);
        var action = actions.SingleOrDefault(action => action.Title == title);
        Assert.True(action is not null, string.Join(", ", actions.Select(action => action.Title)));
        var operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        var text = await operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!.GetTextAsync(TestContext.Current.CancellationToken);
        return text.ToString();
    }

    public static async Task<IReadOnlyList<string>> TitlesAsync(string source) => [.. (await OfferAsync(source)).Actions.Select(action => action.Title)];

    private static async Task<(Microsoft.CodeAnalysis.Document Document, List<CodeAction> Actions)> OfferAsync(string source)
    {
        var (document, position) = EditorDocument.Open(source);
        var actions = new List<CodeAction>();
        await new LoopRefactoringProvider().ComputeRefactoringsAsync(new CodeRefactoringContext(document, new TextSpan(position, 0), actions.Add, TestContext.Current.CancellationToken));
        return (document, actions);
    }
}
