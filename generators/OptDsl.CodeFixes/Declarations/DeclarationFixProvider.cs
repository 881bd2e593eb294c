using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using OptDsl.CodeFixes.Edits;
using OptDsl.Generators.Diagnostics;

namespace OptDsl.CodeFixes.Declarations;

/// <summary>Mends declarations where there is one right edit.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
internal sealed class DeclarationFixProvider : TextFixProvider
{
    private static readonly string s_notPartial = DeclarationDescriptors.NotPartial.Id;
    private static readonly string s_containerNotPartial = DeclarationDescriptors.ContainerNotPartial.Id;
    private static readonly string s_stateTwice = DeclarationDescriptors.StateTwice.Id;
    private static readonly string s_hyperType = DeclarationDescriptors.HyperType.Id;
    private static readonly string s_hyperAccessors = DeclarationDescriptors.HyperAccessors.Id;
    private static readonly string s_scheduleState = DeclarationDescriptors.ScheduleState.Id;
    private static readonly string s_stall = LintDescriptors.Stall.Id;
    private static readonly string s_rounded = LintDescriptors.RoundedDifference.Id;

    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [s_notPartial, s_containerNotPartial, s_stateTwice, s_hyperType, s_hyperAccessors, s_scheduleState, s_stall, s_rounded];

    public override async Task<IReadOnlyList<TextFix>> FindAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        var node = root!.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        return Find(diagnostic.Id, node, text) is { } fix ? [fix] : [];
    }

    private static TextFix? Find(string id, SyntaxNode node, SourceText text)
    {
        if (id == s_notPartial || id == s_containerNotPartial)
        {
            return node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type
                ? Fix($"Make '{type.Identifier.ValueText}' partial", "partial", new TextChange(new TextSpan(type.Keyword.SpanStart, 0), "partial "))
                : null;
        }

        if (id == s_hyperType)
        {
            return node.FirstAncestorOrSelf<PropertyDeclarationSyntax>() is { } hyper && TypeFor(hyper.Type) is { } fitting
                ? Fix($"Make '{hyper.Identifier.ValueText}' {fitting}", "type", new TextChange(hyper.Type.Span, fitting))
                : null;
        }

        if (id == s_hyperAccessors)
        {
            return node.FirstAncestorOrSelf<PropertyDeclarationSyntax>() is { AccessorList.Accessors: { Count: 1 } accessors } property
                && accessors[0] is { Body: null, ExpressionBody: null } getter
                    ? Fix($"Add a setter to '{property.Identifier.ValueText}'", "setter", new TextChange(new TextSpan(getter.Span.End, 0), " set;"))
                    : null;
        }

        if (id == s_stall)
            return node.FirstAncestorOrSelf<AttributeSyntax>() is { } stalling ? RoundAtRandom(stalling) : null;

        if (id == s_rounded)
            return node.FirstAncestorOrSelf<AttributeSyntax>() is { } rounded ? StoreWide(rounded) : null;

        return node.FirstAncestorOrSelf<AttributeSyntax>() is { } state
            ? Fix("Remove the state", "state", TextEdits.Remove(state, text))
            : null;
    }

    private static TextFix? RoundAtRandom(AttributeSyntax state) =>
        state.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == "Rounding")?.Expression is MemberAccessExpressionSyntax rounding
            ? Fix($"Round '{SymbolOf(state)}' at random", "rounding", new TextChange(rounding.Name.Span, "Stochastic"))
            : null;

    private static TextFix? StoreWide(AttributeSyntax state)
    {
        var arguments = state.ArgumentList!.Arguments;
        var changes = new List<TextChange>();
        for (var index = 1; index < arguments.Count; index++)
        {
            if (arguments[index].NameEquals?.Name.Identifier.ValueText is "Storage" or "Rounding")
                changes.Add(new TextChange(TextSpan.FromBounds(arguments[index - 1].Span.End, arguments[index].Span.End), ""));
        }

        return changes.Count > 0 ? new TextFix($"Keep '{SymbolOf(state)}' as wide as the elements", "storage", [.. changes]) : null;
    }

    private static string? SymbolOf(AttributeSyntax state) => (state.ArgumentList!.Arguments[0].Expression as LiteralExpressionSyntax)?.Token.ValueText;

    /// <summary>The type that a hyper-parameter may have and that holds what another does; null where none is sure to.</summary>
    private static string? TypeFor(TypeSyntax type) => type switch
    {
        PredefinedTypeSyntax { Keyword.ValueText: "sbyte" or "byte" or "short" or "ushort" or "int" or "uint" or "long" or "ulong" } => "double",
        NullableTypeSyntax { ElementType: var element } when element.ToString() is "double" or "float" or "bool" or "Schedule" or "OptDsl.Schedule" => element.ToString(),
        _ => null,
    };

    private static TextFix Fix(string title, string key, TextChange change) => new(title, key, [change]);
}
