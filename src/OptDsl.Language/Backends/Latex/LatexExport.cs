using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Notation;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Language.Backends.Latex;

/// <summary>The formulas as a paper prints them, one a line, aligned at what they assign.</summary>
internal sealed class LatexExport : IExport
{
    public string Name => "latex";

    public string Title => "LaTeX";

    public Exported Write(string name, RuleModel model)
    {
        var lines = model.WriteFormulas(NotationStyle.Latex).Select(Align).ToList();
        return Exported.As($"\\begin{{aligned}}\n{string.Join(" \\\\\n", lines.Select(line => "    " + line))}\n\\end{{aligned}}\n");
    }

    /// <summary>The first sign that assigns is the statement's own.</summary>
    private static string Align(string statement)
    {
        var sign = statement.IndexOf(" = ", StringComparison.Ordinal);
        return sign < 0 ? statement : statement.Substring(0, sign) + " &" + statement.Substring(sign + 1);
    }
}
