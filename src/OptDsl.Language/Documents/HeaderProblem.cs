using OptDsl.Language.Formulas;

namespace OptDsl.Language.Documents;

/// <summary>Something wrong in a header.</summary>
/// <param name="Span">The characters of the document.</param>
/// <param name="Message">What is wrong, without a final full stop.</param>
internal sealed record HeaderProblem(TextSpan Span, string Message)
{
    /// <summary>The id of all of them.</summary>
    public const string Id = "OPTRULE";
}
