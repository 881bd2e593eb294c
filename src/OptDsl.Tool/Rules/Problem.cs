using OptDsl.Language.Formulas.Diagnostics;

namespace OptDsl.Tool.Rules;

/// <summary>Something to say about a place in a file; lines and columns count from 1.</summary>
internal sealed record Problem(string File, int Line, int Column, int EndLine, int EndColumn, Severity Severity, string Id, string Message);
