using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>What a program returns.</summary>
internal sealed partial class Listing
{
    /// <summary>True where some row assigns the parameter or changes it in place.</summary>
    private bool? _stepsParameter;

    /// <summary><c>return w - ηv</c> of a program that assigns the parameter nowhere: its new value. Of several values it is the first.</summary>
    private ImmutableArray<Token>? ReturnedParameter(ImmutableArray<Token> row)
    {
        var names = _prose.Names;
        var value = SplitByCommas(WithoutBrackets(row.RemoveAt(0)))[0];
        if (names.Parameter == "" || value.Length < 3 || StatementSplitter.AssignmentIn(row) >= 0 || !value.Any(token => token.Kind is TokenKind.Plus or TokenKind.Minus) || !ReadsParameter(value)
            || row.Any(token => token.Kind == TokenKind.Prose) || _prose.Updates(row))
        {
            return null;
        }

        _stepsParameter ??= _rows.Any(other => (Parser.ChangesInPlace(other.Tokens) && ReadsParameter(other.Tokens))
            || (StatementSplitter.AssignmentIn(other.Tokens) is > 0 and var assignment && _prose.NameBefore(other.Tokens, assignment) == names.Parameter));
        if (_stepsParameter.Value)
            return null;

        var place = row[0].Span;
        return [new Token(TokenKind.Name, place, NameSyntax.OfKey(names.Parameter, place).Glyphs, ""), new Token(TokenKind.Assign, place), .. value];

        bool ReadsParameter(ImmutableArray<Token> tokens) => tokens.Any(token => token.Kind == TokenKind.Name && token.Name == names.Parameter) || Words(tokens).Contains(names.Parameter);
    }
}
