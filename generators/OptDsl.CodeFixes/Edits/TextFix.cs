using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace OptDsl.CodeFixes.Edits;

/// <summary>A fix as edits of the document's text, which can be combined for Fix All as syntax edits cannot.</summary>
/// <param name="Title">What it does, for the menu.</param>
/// <param name="Key">Equal for fixes that Fix All applies together.</param>
/// <param name="Changes">The edits.</param>
internal sealed record TextFix(string Title, string Key, ImmutableArray<TextChange> Changes);
