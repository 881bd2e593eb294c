using System.Text.RegularExpressions;

namespace OptDsl.Language.Formulas.Pages;

/// <summary>
/// Gives names their subscripts back where a page lost the signs for them: Markdown takes the underscores of <c>\hat{v}_t … \theta_{t+1}</c>
/// for emphasis, and plain text has no braces in <c>x_t+1,i</c>. That it did is certain where a left side shows it.
/// </summary>
internal static class LostScripts
{
    private const string Letter = @"\\(?:alpha|beta|gamma|delta|theta|phi|psi|omega|mu|nu|xi|eta|lambda|sigma|rho|tau|Theta|Delta)(?![a-zA-Z])";

    private const string Accented = @"\\(?:hat|bar|tilde|widehat|overline|widetilde|mathbf|boldsymbol|bm)\{[^{}\n]{1,20}\}";

    /// <summary>On the left of an assignment nothing is multiplied.</summary>
    private static readonly Regex BareLeft = new($@"(?:{Accented}[ ]?(?:[tk]|\{{[tk](?:[ ]?[-+−][ ]?\d)?\}})|{Letter}[ ]?\{{[tk][ ]?[-+−][ ]?\d\}})[ \t]*(?:&[ \t]*)?(?:=|:=|\\leftarrow|\\gets|←)", RegexOptions.CultureInvariant);

    private static readonly Regex Bare = new($@"(?<=(?:{Accented}|{Letter}|(?<![\\a-zA-Z])[a-zA-Z])[ ]?)\{{[tk](?:[ ]?[-+−][ ]?\d)?\}}|(?<={Accented})[tk](?![a-zA-Z])", RegexOptions.CultureInvariant);

    private static readonly Regex Opened = new(@"(?<=^|[\n;,:•(]|^[ \t]*[-*][ \t]+|\n[ \t]*[-*][ \t]+)[ \t]*[\p{L}]\w{0,12}_[tk](?:[-+−]\d|,[ijk]|[-+−]\d,[ijk])[ \t]*(?:=|:=|←|<-|\\=)(?!=)", RegexOptions.CultureInvariant);

    private static readonly Regex Open = new(@"(?<=[\p{L}\d\u0302\u0303\u0304]_)(?<time>[tk](?:[-+−]\d)?)(?<index>,[ijk])?(?![\p{L}\d_])", RegexOptions.CultureInvariant);

    /// <summary>The text with its subscripts, or null where none are lost.</summary>
    public static PlainText? Restore(string text)
    {
        var isBare = text.IndexOf('\\') >= 0 && text.IndexOf('{') >= 0 && BareLeft.IsMatch(text);
        var isOpen = text.IndexOf('_') >= 0 && Opened.IsMatch(text);
        if (!isBare && !isOpen)
            return null;
        var writer = new PlainTextWriter(text);
        var position = 0;
        var places = (isBare ? Bare : Open).Matches(text).Cast<Match>();
        foreach (var match in places)
        {
            if (!isBare && match.Length == 1)
                continue;
            writer.Copy(position, match.Index);
            writer.Write(isBare ? "_" : "{", new TextSpan(match.Index, 0));
            writer.Copy(match.Index, match.Index + match.Length);
            if (!isBare)
                writer.Write("}", new TextSpan(match.Index + match.Length, 0));
            position = match.Index + match.Length;
        }

        writer.Copy(position, text.Length);
        return writer.ToPlainText();
    }
}
