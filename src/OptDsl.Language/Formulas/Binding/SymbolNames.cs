using System.Globalization;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>Names as attributes write them.</summary>
internal static class SymbolNames
{
    // Every symbol of every rule is asked for again after every edit.
    private static readonly ValueCache<(string Symbol, string Step), (string Name, PastValue? Past)?> s_states = new((key, _) => ReadState(key.Symbol, key.Step), half: 4096);

    /// <summary>
    /// The normalised form of a symbol (<c>β₁</c>, <c>\beta_1</c> and <c>β_1</c> are all <c>β1</c>), or null if the text is no
    /// single name. A comment is no part of a name, nor is the end of a line.
    /// </summary>
    public static string? Normalize(string symbol) => Normalize(symbol, step: "");

    /// <summary>The normalised form of a symbol in formulas whose step has a name: <c>α_t</c> is <c>α</c> at the step.</summary>
    public static string? Normalize(string symbol, string step) => NormalizeState(symbol, step) is ({ } name, null) ? name : null;

    /// <summary>
    /// The normalised form of a state's symbol, which may carry the time: <c>m_t</c> is the state m, and <c>g_{t-1}</c> the state
    /// that keeps g from the step before.
    /// </summary>
    public static (string Name, PastValue? Past)? NormalizeState(string symbol, string step) => s_states.Get((symbol, step), default);

    private static (string Name, PastValue? Past)? ReadState(string symbol, string step)
    {
        if (Parse(symbol, step) is not { } name)
            return null;
        var time = name.TimeIndex ?? name.Subscripts.FirstOrDefault(part => part.Text == step && step != "");
        var rest = time is null || name.TimeIndex is not null ? name.Subscripts : name.Subscripts.Remove(time);
        if (rest.Any(part => part.Offset != 0))
            return null;
        var plain = NameSyntax.KeyOf(name.Letters, rest);
        return time is null or { Offset: 0 } ? (plain, null) : ($"{plain}_{{{step}{time.Offset.ToString("+0;-0", CultureInfo.InvariantCulture)}}}", new PastValue(plain, time.Offset));
    }

    private static NameSyntax? Parse(string symbol, string step)
    {
        if (symbol.Any(character => LineEnds.IsLineEnd(character) || character is '#' or '%' or ';' or '；'))
            return null;
        var errors = new ErrorSink(TextOrigin.Formulas);
        var name = Parser.ParseNameText(symbol, step, errors);
        return errors.Count == 0 ? name : null;
    }
}
