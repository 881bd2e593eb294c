using System.Globalization;

namespace OptDsl.Generators.Lifting;

/// <summary>Equal for terms that compute the same from the same.</summary>
internal static class TermText
{
    public static string Of(Term term) => term switch
    {
        NumberTerm number => number.Value.ToString("R", CultureInfo.InvariantCulture),
        ReadTerm read => read.Place.Path,
        OperationTerm operation => $"{operation.Op}({string.Join(",", operation.Operands.Select(Of))})",
        SumTerm sum => $"sum({Of(sum.Operand)})",
        _ => "?",
    };
}
