using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

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
    public static Task VerifyAsync<TAnalyzer, TFix>(string source, string fixedSource, int fix = 0, string? title = null, bool fixAll = false)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        var isFirst = true;
        var test = new FixTest<TAnalyzer, TFix>
        {
            TestCode = source,
            FixedCode = fixedSource,
            CodeActionIndex = fix,
            CodeActionVerifier = (action, verifier) =>
            {
                verifier.False(string.IsNullOrEmpty(action.EquivalenceKey), "a fix without a key is applied to nothing else");
                if (title is not null && isFirst)
                    verifier.Equal(title, action.Title);
                isFirst = false;
            },
        };
        test.FixedState.MarkupHandling = MarkupMode.Allow;
        if (!fixAll)
            test.CodeFixTestBehaviors |= CodeFixTestBehaviors.FixOne | CodeFixTestBehaviors.SkipFixAllCheck;
        return test.RunAsync(TestContext.Current.CancellationToken);
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
        var test = new FixTest<TAnalyzer, TFix> { TestCode = source, FixedCode = source, AppliesNothing = true };
        await test.RunAsync(TestContext.Current.CancellationToken);
        return [.. test.Titles];
    }

    private sealed class FixTest<TAnalyzer, TFix> : CSharpCodeFixTest<TAnalyzer, TFix, DefaultVerifier>
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        public FixTest()
        {
            TestSetup.Of(this);

            // A type around a rule is reported with the rule in it.
            CodeFixTestBehaviors |= CodeFixTestBehaviors.SkipLocalDiagnosticCheck;
        }

        /// <summary>True to look at what is offered without taking it.</summary>
        public bool AppliesNothing { get; init; }

        public List<string> Titles { get; } = [];

        protected override ImmutableArray<CodeAction> FilterCodeActions(ImmutableArray<CodeAction> actions)
        {
            // Documents, projects and solutions are tried side by side.
            lock (Titles)
                Titles.AddRange(actions.Select(action => action.Title));
            return AppliesNothing ? [] : actions;
        }

        protected override CompilationOptions CreateCompilationOptions() => TestCompilation.Options;

        protected override ParseOptions CreateParseOptions() => TestCompilation.ParseOptions;
    }
}
