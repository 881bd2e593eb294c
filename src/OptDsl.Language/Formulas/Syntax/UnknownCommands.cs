using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>Says what is wrong with a LaTeX command that has no meaning here.</summary>
internal static class UnknownCommands
{
    /// <summary>A shorter command is near too many others.</summary>
    private const int ShortestMisspelt = 4;

    private static IEnumerable<string> Known => LatexCommands.LetterNames.Keys.Concat(Functions.Commands).Concat(LatexCommands.Symbols.Keys)
        .Concat(LatexCommands.Typefaces).Concat(LatexCommands.Accents.Keys).Concat(LatexCommands.Fractions).Append(LatexCommands.SquareRoot);

    public static void Report(ErrorSink errors, TextSpan span, string name)
    {
        if (ForeignNotation.OfCommand(name) is { } advice)
            errors.Syntax(span, $"\\{name} has no meaning in a formula: {advice}");
        else if (name.Length >= ShortestMisspelt && Nearest.To(name, Known.Where(candidate => candidate.Length >= name.Length - 1)) is { } nearest)
            errors.Syntax(span, $"the command \\{name} is not known; did you mean \\{nearest}?", new ReplaceFix($"Change to \\{nearest}", span, "\\" + nearest));
        else
            errors.Syntax(span, $"the command \\{name} is not known in formulas; leave it out if it only sets how the formula looks, or write the name that it stands for");
    }
}
