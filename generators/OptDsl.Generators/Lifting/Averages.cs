using Microsoft.CodeAnalysis;
using OptDsl.Language.Operations;

namespace OptDsl.Generators.Lifting;

/// <summary>Values that follow others at a distance: <c>average = decay * average + (1 - decay) * weight</c>.</summary>
internal static class Averages
{
    private const double Scalar = 0.3;

    /// <summary>True for an assignment that leaves a value where it is once it has reached another one, and moves it towards that.</summary>
    public static bool IsAverageOf(Assignment assignment, Place other)
    {
        var own = assignment.Target;
        if (own.Container == other.Container || !assignment.Value.Reads().Any(place => place.Container == other.Container)
            || assignment.Value.Reads().Any(place => Slice.Varies(place) && place.Container != own.Container && place.Container != other.Container))
        {
            return false;
        }

        return Value(1, 1) is { } rest && Math.Abs(rest - 1) < 1e-9 && Value(0, 1) is { } pull && pull is > 1e-9 and < 1;

        double? Value(double self, double followed) => Of(assignment.Value, place => place.Container == own.Container ? self : place.Container == other.Container ? followed : Scalar);
    }

    private static double? Of(Term term, Func<Place, double> values) => term switch
    {
        NumberTerm number => number.Value,
        ReadTerm read => values(read.Place),
        OperationTerm { Op: Op.Negate, Operands: [var only] } => -Of(only, values),
        OperationTerm { Op: Op.Add, Operands: [var first, var second] } => Of(first, values) + Of(second, values),
        OperationTerm { Op: Op.Subtract, Operands: [var first, var second] } => Of(first, values) - Of(second, values),
        OperationTerm { Op: Op.Multiply, Operands: [var first, var second] } => Of(first, values) * Of(second, values),
        OperationTerm { Op: Op.Divide, Operands: [var first, var second] } => Of(first, values) / Of(second, values),
        _ => null,
    };
}
