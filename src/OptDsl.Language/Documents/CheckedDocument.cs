using System.Collections.Immutable;
using OptDsl.Language.Checks;
using OptDsl.Language.Checks.Analysis;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Documents;

/// <summary>A document with all that is to be said about it.</summary>
internal sealed class CheckedDocument
{
    private readonly ImmutableArray<Finding> _findings = [];

    private CheckedDocument(RuleDocument document, CancellationToken cancellation)
    {
        Document = document;
        var diagnoses = document.Problems.Select(problem => new Diagnosis(HeaderProblem.Id, Severity.Error, problem.Span, problem.Message)).ToList();
        if (diagnoses.Count == 0)
        {
            var compiled = FormulaCompiler.Compile(document.Source, cancellation);
            Model = compiled.Model;
            diagnoses.AddRange(compiled.Errors.Concat(compiled.Skipped is { } skipped ? [skipped] : [])
                .Select(error => (Error: error, Place: document.Place(error.Text, error.Span)))
                .Select(item => new Diagnosis(item.Error.Id, Severities.Of(item.Error.Id), item.Place, DocumentWords.Said(item.Error.Message, document.Text.Substring(item.Place.Start, item.Place.Length))) { Error = item.Error }));
            _findings = Model is null ? [] : RuleLints.Analyze(Model, LintOptions.Default, cancellation);
            diagnoses.AddRange(_findings.Select(finding => new Diagnosis(finding.Id, Severities.Of(finding.Id), Place(finding), finding.Message) { Finding = finding }));
        }

        Diagnoses = [.. diagnoses.OrderBy(diagnosis => diagnosis.Span.Start).ThenBy(diagnosis => diagnosis.Span.End)];
    }

    public RuleDocument Document { get; }

    /// <summary>The rule, or null where it does not compile.</summary>
    public RuleModel? Model { get; }

    /// <summary>In the order of the text.</summary>
    public ImmutableArray<Diagnosis> Diagnoses { get; }

    public static CheckedDocument Of(RuleDocument document, CancellationToken cancellation = default) => new(document, cancellation);

    /// <summary>What mends a diagnosis, each with its edits; those of the mathematics are tried first, which takes an analysis each.</summary>
    public ImmutableArray<DocumentFix> FindFixes(Diagnosis diagnosis, CancellationToken cancellation = default) => [.. TryFixes(diagnosis, cancellation).OfType<DocumentFix>()];

    /// <summary>The same one by one, with null for an edit that was tried and does not mend it: whoever has something else to do can do it in between.</summary>
    public IEnumerable<DocumentFix?> TryFixes(Diagnosis diagnosis, CancellationToken cancellation = default)
    {
        var (fixes, origin) = diagnosis switch
        {
            { Error: { } error } => (error.Fixes, error.Text),
            { Finding: { } finding } => (new FixTrial(Model!, _findings, LintOptions.Default, cancellation).Try(finding), TextOrigin.Formulas),
            _ => (Enumerable.Empty<FormulaFix?>(), default),
        };
        return fixes.Select(fix => fix is not null && Document.Edits(fix, origin) is { Length: > 0 } edits ? new DocumentFix(fix.Title, edits) : null);
    }

    /// <summary>The characters of the formulas, or the line of the header that declares what it is about.</summary>
    private TextSpan Place(Finding finding) => finding.Declaration switch
    {
        HyperSymbol hyper => Document.Entry(hyper.Source.Symbol, isHyper: true)?.Symbol ?? new TextSpan(Document.FormulasStart, 0),
        StateSymbol state => Document.Entry(state.Source.Symbol, isHyper: false)?.Symbol ?? new TextSpan(Document.FormulasStart, 0),
        _ => Document.Place(TextOrigin.Formulas, finding.Span),
    };
}

/// <summary>Something to say about characters of a document.</summary>
/// <param name="Id">OPT1xx to OPT3xx, or <see cref="HeaderProblem.Id"/>.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Span">The characters; empty for what is nowhere written.</param>
/// <param name="Message">One sentence without a final full stop.</param>
internal sealed record Diagnosis(string Id, Severity Severity, TextSpan Span, string Message)
{
    public FormulaError? Error { get; init; }

    public Finding? Finding { get; init; }
}

/// <summary>What mends a diagnosis.</summary>
/// <param name="Title">What it does, for the menu.</param>
/// <param name="Edits">The edits, which do not overlap.</param>
internal sealed record DocumentFix(string Title, ImmutableArray<DocumentEdit> Edits);
