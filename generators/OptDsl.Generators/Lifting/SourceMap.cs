using System.Collections.Immutable;
using CodeSpan = Microsoft.CodeAnalysis.Text.TextSpan;
using FormulaSpan = OptDsl.Language.Formulas.TextSpan;

namespace OptDsl.Generators.Lifting;

/// <summary>Characters of the formulas and the code that they come from.</summary>
internal readonly record struct SourcePart(FormulaSpan Formula, CodeSpan Code, bool IsTarget);

/// <summary>The way from the formulas that were lifted to the code.</summary>
internal sealed class SourceMap(ImmutableArray<SourcePart> parts)
{
    /// <summary>The code of the smallest part that holds the characters.</summary>
    public CodeSpan? Find(FormulaSpan span)
    {
        CodeSpan? found = null;
        var length = int.MaxValue;
        foreach (var part in parts)
        {
            if (part.Formula.Start > span.Start || part.Formula.End < span.End || part.Formula.Length >= length)
                continue;
            (found, length) = (part.Code, part.Formula.Length);
        }

        return found;
    }

    /// <summary>The code of exactly these characters.</summary>
    public CodeSpan? FindExact(FormulaSpan span)
    {
        foreach (var part in parts)
        {
            if (part.Formula == span)
                return part.Code;
        }

        return null;
    }
}
