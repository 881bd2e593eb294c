using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.Options;
using Microsoft.CodeAnalysis.Text;
using OptDsl.CodeFixes.Formulas;

namespace OptDsl.CodeFixes.Completion;

/// <summary>Completes names, functions and <c>\beta</c>-style letters inside formulas.</summary>
[ExportCompletionProvider(nameof(FormulaCompletionProvider), LanguageNames.CSharp)]
internal sealed class FormulaCompletionProvider : CompletionProvider
{
    private const string Inserted = nameof(Inserted);
    private const string Help = nameof(Help);

    public override bool ShouldTriggerCompletion(SourceText text, int caretPosition, CompletionTrigger trigger, OptionSet options) =>
        trigger.Kind == CompletionTriggerKind.Insertion && (trigger.Character == '\\' || char.IsLetter(trigger.Character));

    public override async Task ProvideCompletionsAsync(CompletionContext context)
    {
        var argument = await FormulaArgument.FindAsync(context.Document, context.Position, context.CancellationToken).ConfigureAwait(false);
        if (argument is null)
            return;
        var text = await context.Document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        context.CompletionListSpan = WordBefore(text, context.Position);
        context.IsExclusive = true;
        foreach (var entry in CompletionEntries.Of(argument))
        {
            context.AddItem(CompletionItem.Create(
                entry.Display,
                filterText: entry.Display,
                sortText: entry.SortText,
                properties: ImmutableDictionary<string, string>.Empty.Add(Inserted, entry.Inserted).Add(Help, entry.Help),
                tags: [entry.Tag],
                inlineDescription: entry.Inserted == entry.Display ? "" : entry.Shown));
        }
    }

    public override Task<CompletionDescription?> GetDescriptionAsync(Document document, CompletionItem item, CancellationToken cancellationToken) =>
        Task.FromResult<CompletionDescription?>(CompletionDescription.FromText(item.Properties[Help]));

    public override Task<CompletionChange> GetChangeAsync(
        Document document, CompletionItem item, char? commitKey, CancellationToken cancellationToken) =>
        Task.FromResult(CompletionChange.Create(new TextChange(item.Span, item.Properties[Inserted])));

    /// <summary>The letters before the caret, with the backslash that starts a command.</summary>
    private static TextSpan WordBefore(SourceText text, int position)
    {
        var start = position;
        while (start > 0 && char.IsLetter(text[start - 1]))
            start--;
        while (start > 0 && text[start - 1] == '\\')
            start--;
        return TextSpan.FromBounds(start, position);
    }
}
