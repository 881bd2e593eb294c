using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OptDsl.Generators.Literals;
using FormulaSpan = OptDsl.Language.Formulas.TextSpan;

namespace OptDsl.Generators.Analyzers;

/// <summary>A text of a declaration where it stands in the source.</summary>
internal sealed class RuleText(ExpressionSyntax? expression, Location otherwise)
{
    private readonly FormulaLiteral? _literal = FormulaLiteral.TryRead(expression);

    /// <summary>All of it: the argument, or the attribute where the argument is left out.</summary>
    public Location Whole { get; } = expression?.GetLocation() ?? otherwise;

    /// <summary>The characters of a span; all of a text that is no plain literal.</summary>
    public Location Locate(FormulaSpan span) =>
        _literal is null ? Whole : Location.Create(expression!.SyntaxTree, _literal.Locate(span));
}
