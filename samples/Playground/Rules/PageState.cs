using System.Text;
using OptDsl.Language.Documents;

namespace OptDsl.Playground.Rules;

/// <summary>All that the page shows is a function of this, and a link holds it.</summary>
/// <param name="Header">The declarations, one a line; what the formulas name besides is declared by itself.</param>
/// <param name="Formulas">The formulas.</param>
/// <param name="Tab">Which code is shown.</param>
internal sealed record PageState(string Header, string Formulas, string Tab)
{
    private const char Separator = '\u001e';

    /// <summary>Header and formulas as one document.</summary>
    public string Text => Header == "" ? Formulas : $"{Header}\n\n{Formulas}";

    /// <summary>The same state with another document.</summary>
    public PageState With(string text)
    {
        var start = RuleDocument.Read(text, "").FormulasStart;
        return this with { Header = text[..start].Trim(), Formulas = text[start..] };
    }

    /// <summary>The state as the part of a link behind <c>#</c>, in letters that no messenger breaks.</summary>
    public string ToLink() => Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Join(Separator, Tab, Header, Formulas)))
        .TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>The state of a link, or null where it holds none.</summary>
    public static PageState? FromLink(string link)
    {
        var padded = link.TrimStart('#').Replace('-', '+').Replace('_', '/');
        padded += new string('=', (4 - padded.Length % 4) % 4);
        var bytes = new byte[padded.Length];
        if (padded.Length == 0 || !Convert.TryFromBase64String(padded, bytes, out var length))
            return null;
        return Encoding.UTF8.GetString(bytes, 0, length).Split(Separator) is [var tab, var header, var formulas] ? new PageState(header, formulas, tab) : null;
    }
}
