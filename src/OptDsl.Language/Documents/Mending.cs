using System.Collections.Immutable;
using OptDsl.Language.Formulas.Diagnostics;

namespace OptDsl.Language.Documents;

/// <summary>Mends all that can be mended together: one fix after another, each the first that leaves less to be said.</summary>
internal static class Mending
{
    /// <summary>More are left to be asked for again.</summary>
    private const int Most = 20;

    /// <param name="document">The document.</param>
    /// <param name="check">Reads and checks a text.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>The text, and the titles of the fixes that are in it.</returns>
    public static (string Text, ImmutableArray<string> Fixes) All(CheckedDocument document, Func<string, CheckedDocument> check, CancellationToken cancellation = default)
    {
        var titles = ImmutableArray.CreateBuilder<string>();
        while (titles.Count < Most && Next(document, check, cancellation) is var (title, mended))
        {
            titles.Add(title);
            document = mended;
        }

        return (document.Document.Text, titles.ToImmutable());
    }

    private static (string Title, CheckedDocument Document)? Next(CheckedDocument document, Func<string, CheckedDocument> check, CancellationToken cancellation)
    {
        foreach (var diagnosis in document.Diagnoses)
        {
            foreach (var fix in document.FindFixes(diagnosis, cancellation))
            {
                var mended = check(document.Document.With(fix.Edits));
                if (Left(mended).CompareTo(Left(document)) < 0)
                    return (fix.Title, mended);
            }
        }

        return null;
    }

    /// <summary>What is left to be said: an error hides what else there is.</summary>
    private static (int Errors, int All) Left(CheckedDocument document) =>
        (document.Diagnoses.Count(diagnosis => diagnosis.Severity == Severity.Error), document.Diagnoses.Length);
}
