using System.Collections.Immutable;

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
}
