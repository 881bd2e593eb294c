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

    /// <summary>Only Tab and Enter take an entry: a space, an operator or a bracket is a part of the formula that is typed.</summary>
    private static readonly CompletionItemRules s_commands = CompletionItemRules.Default
        .WithCommitCharacterRules([CharacterSetModificationRule.Create(CharacterSetModificationKind.Replace)])
        .WithEnterKeyRule(EnterKeyRule.Never);

    /// <summary>A word that is typed stands as it is, unless an entry is chosen: a new name is no slip of a known one.</summary>
    private static readonly CompletionItemRules s_names = s_commands.WithSelectionBehavior(CompletionItemSelectionBehavior.SoftSelection);

    public override bool ShouldTriggerCompletion(SourceText text, int caretPosition, CompletionTrigger trigger, OptionSet options) =>
        trigger.Kind == CompletionTriggerKind.Insertion && (trigger.Character == '\\' || char.IsLetter(trigger.Character));

    public override async Task ProvideCompletionsAsync(CompletionContext context)
    {
        var argument = await FormulaArgument.FindAsync(context.Document, context.Position, context.CancellationToken).ConfigureAwait(false);
        if (argument is null)
            return;
        var text = await context.Document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        var word = WordBefore(text, context.Position);
        var place = CompletionPlaces.Find(text, argument.Expression.SpanStart, word.Start);
        if (place == CompletionPlace.Comment)
            return;
        context.CompletionListSpan = word;
        context.IsExclusive = true;
        foreach (var entry in CompletionEntries.Of(argument, place))
        {
            context.AddItem(CompletionItem.Create(
                entry.Display,
                filterText: entry.Display,
                sortText: entry.SortText,
                properties: ImmutableDictionary<string, string>.Empty.Add(Inserted, entry.Inserted).Add(Help, entry.Help),
                rules: place == CompletionPlace.Command ? s_commands : s_names,
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
