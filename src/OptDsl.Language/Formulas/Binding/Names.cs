using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>Names as attributes write them.</summary>
internal static class Names
{
    /// <summary>
    /// The normalised form of a symbol (<c>β₁</c>, <c>\beta_1</c> and <c>β_1</c> are all <c>β1</c>), or null if the text is no
    /// single name. A comment is no part of a name, nor is the end of a line.
    /// </summary>
    public static string? Normalize(string symbol) => Read(symbol) is { } name ? NameSyntax.KeyOf(name.Letters, name.Subscripts) : null;

    /// <summary>The normalised form of a symbol in formulas whose step has a name: <c>α_t</c> is <c>α</c> at the step.</summary>
    public static string? Normalize(string symbol, string step) =>
        Read(symbol) is { } name ? NameSyntax.KeyOf(name.Letters, name.Subscripts.RemoveAll(part => part.Text == step && part.Offset == 0)) : null;

    private static NameSyntax? Read(string symbol)
    {
        if (symbol.Any(character => LineEnds.IsLineEnd(character) || character is '#' or '%' or ';' or '；'))
            return null;
        var errors = new ErrorSink(TextOrigin.Formulas);
        var name = Parser.ParseNameText(symbol, errors);
        return errors.Count == 0 && name is { TimeIndex: null } ? name : null;
    }
}
