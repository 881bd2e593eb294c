using System.Collections.Immutable;

namespace OptDsl.Language.Operations;

/// <summary>The sign of an operation in each notation; reading takes further ones.</summary>
/// <param name="Unicode">As papers print it.</param>
/// <param name="Latex">As their source has it.</param>
/// <param name="Precedence">How tightly it binds.</param>
internal sealed record SignSpelling(string Unicode, string Latex, Precedence Precedence)
{
    /// <summary>What array libraries call it where they write a call.</summary>
    public ImmutableArray<string> Calls { get; init; } = [];
}

/// <summary>The names of a function.</summary>
/// <param name="Plain">What formulas call it; the first is the usual name.</param>
/// <param name="Latex">Which of those are LaTeX commands: <c>\log</c>.</param>
/// <param name="Python">What array libraries call it besides.</param>
/// <param name="Help">What it computes, in a line.</param>
internal sealed record NameSpelling(ImmutableArray<string> Plain, ImmutableArray<string> Latex, ImmutableArray<string> Python, string Help)
{
    /// <summary>True where more arguments than the operation has operands are taken one after the other.</summary>
    public bool TakesMore { get; init; }
}
