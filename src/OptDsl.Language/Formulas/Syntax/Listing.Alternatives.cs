using System.Collections.Immutable;
using OptDsl.Language.Formulas.Diagnostics;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part that finds two forms of one update, between which words say that one is meant or the other.</summary>
internal sealed partial class Listing
{
    private static readonly HashSet<string> Alternatives = ["or", "alternatively", "alternative", "equivalently", "equivalent", "same", "versus", "vs", "instead", "becomes", "when", "oder", "alternativ", "ou", "或者", "または", "⇔", "⟺"];

    /// <summary><c>v = μv + g, or equivalently v = μv - ηg</c>: run one after the other they would be two updates.</summary>
    private void RefuseAlternatives()
    {
        var last = new Dictionary<string, ImmutableArray<Token>>();
        foreach (var statement in _statements)
        {
            if (StatementSplitter.AssignmentIn(statement) is not (> 0 and var assignment) || _prose.NameBefore(statement, assignment) is not { } target || _prose.Names.RoleOf(target) is not (NameRole.State or NameRole.Parameter))
                continue;
            if (last.TryGetValue(target, out var first) && SaysAlternative(Cover(first).End, Cover(statement).Start))
            {
                var (one, other) = (Cover(first), Cover(statement));
                _errors.Report(
                    FormulaErrorIds.AmbiguousProduct, other, $"the words before this say that it is another form of what '{target}' is given above, and run one after the other they are two updates; leave one of them out",
                    new ReplaceFix("Remove this one", other, ""), new ReplaceFix("Remove the first", one, ""));
            }

            last[target] = statement;
        }
    }

    private bool SaysAlternative(int start, int end)
    {
        _alternatives ??= [.. _rows.SelectMany(row => row.Tokens.Where((token, i) => IsAlternative(token) && !(i > 0 && row.Tokens[i - 1].Span.End == token.Span.Start && row.Tokens[i - 1].Kind is TokenKind.Underscore or TokenKind.OpenBrace or TokenKind.Comma))).Select(token => token.Span.Start)];
        return _alternatives.Any(place => place >= start && place < end);
    }

    /// <summary>Where the words stand.</summary>
    private List<int>? _alternatives;

    private static bool IsAlternative(Token token) => token.Kind == TokenKind.Or || (token.Kind == TokenKind.Name && Alternatives.Contains(token.Name.ToLowerInvariant()))
        || (token.Kind == TokenKind.Prose && token.Text.ToLowerInvariant().Split(' ', ',', '(', ')', ':', '.').Any(Alternatives.Contains));
}
