using OptDsl.Language.Formulas;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>
/// A declared rule or schedule as plain data: what the incremental pipeline carries and compares. Everything generated is a
/// pure function of it.
/// </summary>
/// <param name="Type">The annotated class.</param>
/// <param name="Source">Its formulas and symbols.</param>
/// <param name="Precise">True to keep the written order of evaluation.</param>
/// <param name="CheckOverflow">True where the project checks integer overflow, so that index arithmetic says <c>unchecked</c>.</param>
internal sealed record RuleDeclaration(TypeHeader Type, RuleSource Source, bool Precise, bool CheckOverflow)
{
    /// <summary>The name of the generated file.</summary>
    public string HintName { get; init; } = "";

    /// <summary>What is wrong with the declaration around its formulas; where anything is, no kernel is generated.</summary>
    public EquatableArray<string> Errors { get; init; }

    /// <summary>The warnings that the user's part would bring into the generated one: obsolete properties, hidden members of a base.</summary>
    public EquatableArray<string> Warnings { get; init; }

    /// <summary>False for a type that generated code cannot add members to, such as a static class.</summary>
    public bool CanReopen { get; init; } = true;
}
