using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Syntax;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>The part of the binder that reduces every function to the model's few.</summary>
internal sealed partial class Binder
{
    private Expr BindCall(CallSyntax call, Domain domain)
    {
        var span = domain.Span;
        var function = FunctionTable.All[call.Function];
        var bound = call.Arguments.Select(Bind).ToArray();
        if (bound.Length < function.FewestArguments || bound.Length > function.MostArguments)
        {
            ReportArgumentCount(span, function, bound.Length);
            return new NumberExpr(span, 0);
        }

        if (function.Element is { } element)
            return bound.Skip(2).Aggregate(new CallExpr(span, element, [.. bound.Take(2)]), (inner, next) => new CallExpr(span, element, [inner, next]));
        var first = bound[0];
        var argumentSpan = TextSpan.Cover(first.Span, bound[bound.Length - 1].Span);
        NumberExpr Number(double value) => new(call.NameSpan, value);
        Expr Square() => new BinaryExpr(span, Op.Power, first, Number(2));
        ReduceExpr Count() => Reduce(domain, Op.Count, argumentSpan, first);
        return function.Name switch
        {
            "rsqrt" => new BinaryExpr(span, Op.Divide, Number(1), new CallExpr(span, Op.Sqrt, [first])),
            "square" => Square(),
            "clamp" or "clip" => new CallExpr(span, Op.Min, [new CallExpr(span, Op.Max, [first, bound[1]]), bound[2]]),
            "where" => new ConditionalExpr(span, first, bound[1], bound[2]),
            "pow" => new BinaryExpr(span, Op.Power, first, bound[1]),
            "sum" => Reduce(domain, Op.Sum, argumentSpan, first),
            "mean" => new BinaryExpr(span, Op.Divide, Reduce(domain, Op.Sum, argumentSpan, first), Count()),
            "norm" => Reduce(domain, Op.Norm, argumentSpan, first),
            "norm1" => Reduce(domain, Op.Sum, argumentSpan, new CallExpr(span, Op.Abs, [first])),
            "maxabs" => Reduce(domain, Op.MaxAbs, argumentSpan, first),
            "dot" => Reduce(domain, Op.Dot, argumentSpan, first, bound[1]),
            // The norm does not overflow where the mean of squares does.
            "rms" => new BinaryExpr(
                span, Op.Divide, Reduce(domain, Op.Norm, argumentSpan, first), new CallExpr(span, Op.Sqrt, [Count()])),
            _ => Count(),
        };
    }

    private void ReportArgumentCount(TextSpan span, Function function, int found)
    {
        var wanted = function.FewestArguments == function.MostArguments ? Plural(function.FewestArguments) : $"at least {Plural(function.FewestArguments)}";
        var hint = (function.Name, found) switch
        {
            ("max" or "min", 1) => "; the largest magnitude in a tensor is maxabs(x)",
            _ => "",
        };
        _errors.Report(FormulaErrorIds.BadCall, span, $"{function.Name} takes {wanted}, not {found}: {function.Help}{hint}");
    }

    private static string Plural(int count) => count == 1 ? "1 argument" : $"{count} arguments";
}
