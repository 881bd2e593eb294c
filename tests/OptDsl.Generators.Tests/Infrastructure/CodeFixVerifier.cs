using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace OptDsl.Generators.Tests.Infrastructure;

/// <summary>Applies code fixes to marked sources and compares the result, its remaining diagnostics included.</summary>
internal static class CodeFixVerifier
{
    /// <summary>Applies one fix of the first diagnostic of the first file that has one.</summary>
    /// <param name="source">The source with its diagnostics marked.</param>
    /// <param name="fixedSource">The source afterwards; what is still wrong with it is marked.</param>
    /// <param name="fix">Which of the fixes offered, in their order.</param>
    /// <param name="title">The title it must have, where that matters.</param>
    /// <param name="fixAll">True to apply it to all diagnostics of the document.</param>
    public static async Task VerifyAsync<TAnalyzer, TFix>(string source, string fixedSource, int fix = 0, string? title = null, bool fixAll = false)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        ImmutableArray<DiagnosticAnalyzer> analyzers = [new TAnalyzer()];
        var (document, diagnostics) = await OpenAsync(analyzers, source);
        var provider = new TFix();
        var actions = await OffersAsync(document, provider, diagnostics.First(diagnostic => provider.FixableDiagnosticIds.Contains(diagnostic.Id)));
        Assert.True(fix < actions.Count, $"Only {actions.Count} fixes are offered: {string.Join(", ", actions.Select(action => action.Title))}");
        if (title is not null)
            Assert.Equal(title, actions[fix].Title);

        var action = fixAll ? await FixAllAsync(document, provider, analyzers, actions[fix]) : actions[fix];
        var changed = (await ApplyAsync(action)).GetDocument(document.Id)!;
        var expected = AnalyzerVerifier.Parse(analyzers, [new SourceFile(document.Name, fixedSource)]);
        Assert.Equal(expected[0].File.Text, (await changed.GetTextAsync(TestContext.Current.CancellationToken)).ToString());
        AnalyzerVerifier.Compare(expected, await DiagnoseAsync(changed, analyzers));
        var tree = await changed.GetSyntaxTreeAsync(TestContext.Current.CancellationToken);
        Assert.Empty(tree!.GetDiagnostics(TestContext.Current.CancellationToken));
    }

    /// <summary>The diagnostics are as marked, and none of them is offered a fix.</summary>
    public static async Task VerifyNoFixAsync<TAnalyzer, TFix>(string source)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new() =>
        Assert.Empty(await TitlesAsync<TAnalyzer, TFix>(source));

    /// <summary>The titles of all fixes offered for all diagnostics, which are as marked.</summary>
    public static async Task<string[]> TitlesAsync<TAnalyzer, TFix>(string source)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        var provider = new TFix();
        var (document, diagnostics) = await OpenAsync([new TAnalyzer()], source);
        var titles = new List<string>();
        foreach (var diagnostic in diagnostics.Where(diagnostic => provider.FixableDiagnosticIds.Contains(diagnostic.Id)))
            titles.AddRange((await OffersAsync(document, provider, diagnostic)).Select(action => action.Title));
        return [.. titles];
    }

    private static async Task<(Document Document, ImmutableArray<Diagnostic> Diagnostics)> OpenAsync(
        ImmutableArray<DiagnosticAnalyzer> analyzers, string source)
    {
        var marked = AnalyzerVerifier.Parse(analyzers, SourceFile.Numbered(source));
        var project = EditorWorkspace.NewProject();
        var file = marked[0].File;
        var document = project.AddDocument(file.Name, SourceText.From(file.Text), filePath: file.Name);
        var diagnostics = await DiagnoseAsync(document, analyzers);
        AnalyzerVerifier.Compare(marked, diagnostics);
        return (document, diagnostics);
    }

    private static async Task<ImmutableArray<Diagnostic>> DiagnoseAsync(Document document, ImmutableArray<DiagnosticAnalyzer> analyzers) =>
        await AnalyzerVerifier.DiagnoseAsync(
            (await document.Project.GetCompilationAsync(TestContext.Current.CancellationToken))!, analyzers);

    private static async Task<List<CodeAction>> OffersAsync(Document document, CodeFixProvider provider, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        await provider.RegisterCodeFixesAsync(new CodeFixContext(
            document, diagnostic, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        Assert.All(actions, action => Assert.False(string.IsNullOrEmpty(action.EquivalenceKey)));
        return actions;
    }

    private static async Task<CodeAction> FixAllAsync(
        Document document, CodeFixProvider provider, ImmutableArray<DiagnosticAnalyzer> analyzers, CodeAction action)
    {
        var all = provider.GetFixAllProvider();
        Assert.NotNull(all);
        var fixAll = await all.GetFixAsync(new FixAllContext(
            document, provider, FixAllScope.Document, action.EquivalenceKey!, provider.FixableDiagnosticIds,
            new AnalyzedDiagnostics(analyzers), TestContext.Current.CancellationToken));
        Assert.NotNull(fixAll);
        return fixAll;
    }

    private static async Task<Solution> ApplyAsync(CodeAction action)
    {
        var operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        return operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
    }

    private sealed class AnalyzedDiagnostics(ImmutableArray<DiagnosticAnalyzer> analyzers) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            (await DiagnoseAsync(document, analyzers)).Where(diagnostic => diagnostic.Location.SourceTree!.FilePath == document.FilePath);

        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            await AnalyzerVerifier.DiagnoseAsync((await project.GetCompilationAsync(cancellationToken))!, analyzers);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult(Enumerable.Empty<Diagnostic>());
    }
}
