using OptDsl.Language.Operations;

namespace OptDsl.Generators.Lifting;

/// <summary>
/// Quotients of whole numbers lose their fraction. That is meant where a rate falls in stairs, and a slip where one number is divided
/// by another, by something that counts, or taken from one: <c>1 - epoch / 100</c>.
/// </summary>
internal static class IntegerDivisions
{
    public static List<LoopFinding> Replace(Slice slice)
    {
        var findings = new List<LoopFinding>();
        foreach (var node in slice.Lines.SelectMany(line => line.Value.Nodes()).ToList())
        {
            if (node is OperationTerm { Op: Op.Subtract, Operands: [NumberTerm { Value: 1 }, OperationTerm { IsInteger: true } fraction] })
                Report(fraction, "1 less it is 1 until it is 0");
            else if (node is OperationTerm { IsInteger: true, Operands: [NumberTerm { Value: var dividend }, NumberTerm { Value: var divisor }] } constant && divisor != 0)
                Report(constant, $"it is {Math.Truncate(dividend / divisor)}");
            else if (node is OperationTerm { IsInteger: true, Operands: [NumberTerm { Value: 1 }, _] } inverse)
                Report(inverse, "it is 0 for every divisor above 1");
        }

        var reported = findings.Select(finding => finding.Span).ToList();
        slice.Replace(term => Mend(term, reported));
        return findings;

        void Report(Term quotient, string effect)
        {
            if (findings.All(finding => finding.Span != quotient.Span))
                findings.Add(new LoopFinding(LoopIds.IntegerDivision, quotient.Span, $"both are whole numbers, so that their quotient is one too: {effect}; make one of them a double"));
        }
    }

    private static Term? Mend(Term term, List<Microsoft.CodeAnalysis.Text.TextSpan> reported)
    {
        if (term is not OperationTerm { IsInteger: true } quotient)
            return null;
        var real = quotient with { IsInteger = false, Operands = [.. quotient.Operands.Select(operand => operand.Replace(inner => Mend(inner, reported)))] };
        return reported.Contains(term.Span) ? real : Terms.Of(term.Span, Op.Floor, real);
    }
}
