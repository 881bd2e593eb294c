using System.Collections.Immutable;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Syntax;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>The part of the binder that puts the meaning of a function in the place of its call.</summary>
internal sealed partial class Binder
{
    private Expr BindCall(CallSyntax call, Domain domain)
    {
        var span = domain.Span;
        var function = Functions.All[call.Function];
        var bound = call.Arguments.Select((_, index) => BindArgument(call, index)).ToImmutableArray();
        if (function.Name == "clip" && bound.Length == 2)
        {
            var (value, limit) = (Text(call.Arguments[0].Span), Text(call.Arguments[1].Span));
            var (both, low) = ($"clip({value}, -{limit}, {limit})", $"max({value}, {limit})");
            _errors.Report(
                FormulaErrorIds.AmbiguousProduct, call.Span, $"'{Text(call.Span)}' keeps a value between two bounds to some papers, {both}, and above one to programs, {low}; write which",
                new ReplaceFix($"Write {both}", call.Span, both), new ReplaceFix($"Write {low}", call.Span, low));
            return new NumberExpr(span, 0);
        }

        if (!function.Takes(bound.Length))
        {
            ReportArgumentCount(span, function, bound.Length);
            return new NumberExpr(span, 0);
        }

        if (PowerOf(call.Function) is { } exponent)
            ReportSquare(call.Span, bound[0], call.Arguments[0].Span, exponent == "" ? Text(call.Arguments[1].Span) : exponent);
        if (call.Function == "sqrt")
            ReportSelfProduct(call.Arguments[0], bound[0]);
        function = function.Of(bound.Length);
        var argumentSpan = TextSpan.Cover(bound[0].Span, bound[bound.Length - 1].Span);
        var first = Instantiate(function.Meaning, bound);
        return bound.Skip(function.Arguments).Aggregate(first, (inner, next) => Instantiate(function.Meaning, [inner, next]));

        Expr Instantiate(Meaning meaning, ImmutableArray<Expr> arguments) => meaning switch
        {
            ArgumentMeaning argument => arguments[argument.Index],
            NumberMeaning number => new NumberExpr(call.NameSpan, number.Value),
            OperationMeaning operation => Apply(operation.Op, [.. operation.Operands.Select(operand => Instantiate(operand, arguments))]),
            _ => throw new ArgumentOutOfRangeException(nameof(meaning)),
        };

        Expr Apply(Op op, ImmutableArray<Expr> operands) => OperationTable.Of(op).Kind switch
        {
            OperationKind.Function => Called(op, operands),
            OperationKind.Reduction => op == Op.Count && CountOf(domain, operands[0]) is { } count ? count : Reduce(domain, op, argumentSpan, [.. operands]),
            OperationKind.Choice => Choose(span, operands[0], operands[1], operands[2]),
            OperationKind.Matrix => OfMatrices(span, op, operands),
            OperationKind.Dimension => BindDimension(span, op, operands[0]),
            _ when operands.Length == 1 => new UnaryExpr(span, op, operands[0]),
            _ => Elementwise(span, op, operands[0], operands[1]),
        };

        CallExpr Called(Op op, ImmutableArray<Expr> operands)
        {
            if (operands.Length > 1)
            {
                var (left, right) = Sized(operands[0], operands[1]);
                Meet(span, left, right);
                operands = [left, right];
            }

            return new CallExpr(span, op, operands);
        }
    }

    private void ReportArgumentCount(TextSpan span, Function function, int found)
    {
        var wanted = function.Accumulates ? $"at least {Plural(function.Arguments)}" : Plural(function.Arguments);
        var hint = (function.Name, found) switch
        {
            ("max" or "min", 1) => "; the largest magnitude in a tensor is maxabs(x)",
            _ => "",
        };
        _errors.Report(FormulaErrorIds.BadCall, span, $"{function.Name} takes {wanted}, not {found}: {function.Help}{hint}");
    }

    private static string Plural(int count) => count == 1 ? "1 argument" : $"{count} arguments";
}
