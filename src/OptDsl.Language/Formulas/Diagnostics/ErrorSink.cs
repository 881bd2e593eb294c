using System.Collections.Immutable;
using OptDsl.Language.Formulas.Syntax;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Diagnostics;

/// <summary>Collects the errors of one text, in the order in which they are found.</summary>
internal sealed class ErrorSink(TextOrigin text)
{
    private readonly ImmutableArray<FormulaError>.Builder _errors = ImmutableArray.CreateBuilder<FormulaError>();

    public int Count => _errors.Count;

    /// <summary>An empty sink for the same text.</summary>
    public ErrorSink Sibling() => new(text);

    public void Add(FormulaError error) => _errors.Add(error);

    public ImmutableArray<FormulaError> ToImmutable() => _errors.ToImmutable();

    public void Report(string id, TextSpan span, string message, params FormulaFix[] fixes) =>
        _errors.Add(new FormulaError(id, text, span, message, [.. fixes]));

    public void Syntax(TextSpan span, string message, params FormulaFix[] fixes) => Report(FormulaErrorIds.Syntax, span, message, fixes);

    /// <summary>A shorter command is near too many others.</summary>
    private const int ShortestMisspelt = 4;

    public void UnknownCommand(TextSpan span, string name)
    {
        var known = LatexCommands.LetterNames.Keys.Concat(Functions.Commands).Concat(LatexCommands.Symbols.Keys)
            .Concat(LatexCommands.Typefaces).Concat(LatexCommands.Accents.Keys).Concat(LatexCommands.Fractions).Append(LatexCommands.SquareRoot);
        if (ForeignNotation.OfCommand(name) is { } advice)
            Syntax(span, $"\\{name} has no meaning in a formula: {advice}");
        else if (name.Length >= ShortestMisspelt && Nearest.To(name, known.Where(candidate => candidate.Length >= name.Length - 1)) is { } nearest)
            Syntax(span, $"the command \\{name} is not known; did you mean \\{nearest}?", new ReplaceFix($"Change to \\{nearest}", span, "\\" + nearest));
        else
            Syntax(span, $"the command \\{name} is not known in formulas; leave it out if it only sets how the formula looks, or write the name that it stands for");
    }
}
