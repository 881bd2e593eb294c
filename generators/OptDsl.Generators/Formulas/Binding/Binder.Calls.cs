using System.Collections.Immutable;
using OptDsl.Generators.Formulas.Diagnostics;
using OptDsl.Generators.Formulas.Model;
using OptDsl.Generators.Formulas.Syntax;

namespace OptDsl.Generators.Formulas.Binding;

/// <summary>The part of the binder that tells calls from products and reduces every function to the model's few.</summary>
internal sealed partial class Binder
{
    private ImmutableArray<Expr> BindApply(ApplySyntax apply)
    {
        var name = Canonical(apply.Name);
        if (FunctionTable.All.TryGetValue(name, out var function))
            return [BindCall(apply.Span, apply.Name.Span, function, apply.Arguments)];
        if (!_scope.IsName(name) && SplitFunction(apply.Name) is var (word, called))
        {
            var span = TextSpan.FromBounds(called.Span.Start, apply.Span.End);
            return BindWord(word).Add(BindCall(span, called.Span, FunctionTable.All[called.Letters], apply.Arguments));
        }

        if (apply.Arguments.Length == 1 && (_scope.IsName(name) || WordSplitter.Split(apply.Name, SubscriptText(apply.Name), _scope.IsName).Length > 0))
            return BindWord(apply.Name).Add(Bind(apply.Arguments[0]) with { Span = TextSpan.FromBounds(apply.Name.Span.End, apply.Span.End) });
        foreach (var argument in apply.Arguments)
            Bind(argument);
        ReportNotAFunction(apply, name);
        return [new NumberExpr(apply.Span, 0)];
    }

    /// <summary>Names and then a function, as in <c>βsqrt(v)</c>.</summary>
    private (NameSyntax Word, NameSyntax Function)? SplitFunction(NameSyntax name)
    {
        if (name.Subscripts.Length > 0)
            return null;
        for (var split = 1; split < name.Glyphs.Length; split++)
        {
            var function = Part(name, split, name.Glyphs.Length);
            var word = Part(name, 0, split);
            if (FunctionTable.All.ContainsKey(function.Letters) && WordSplitter.Split(word, "", _scope.IsName).Length > 0)
                return (word, function);
        }

        return null;
    }

    private void ReportNotAFunction(ApplySyntax apply, string name)
    {
        var span = apply.Name.Span;
        var looksLikeFunction = apply.Arguments.Length > 1 || name.Length > 2 || Nearest.To(name, FunctionTable.All.Keys) is not null;
        if (!looksLikeFunction)
            ReportUnknown(apply.Name);
        else if (_scope.IsName(name))
            _errors.Report(FormulaErrorIds.BadCall, span, $"'{name}' is not a function; it cannot take {apply.Arguments.Length} arguments");
        else if (Nearest.To(name, FunctionTable.All.Keys) is { } nearest)
            _errors.Report(FormulaErrorIds.BadCall, span, $"there is no function '{name}'; did you mean '{nearest}'?", new ReplaceFix($"Change to '{nearest}'", span, nearest));
        else
            _errors.Report(FormulaErrorIds.BadCall, span, $"there is no function '{name}'; the functions are {string.Join(", ", FunctionTable.All.Keys.Where(key => key != "sgn"))}");
    }

    private Expr BindCall(TextSpan span, TextSpan nameSpan, Function function, ImmutableArray<ExprSyntax> arguments)
    {
        var bound = arguments.Select(Bind).ToArray();
        if (bound.Length < function.FewestArguments || bound.Length > function.MostArguments)
        {
            ReportArgumentCount(span, function, bound.Length);
            return new NumberExpr(span, 0);
        }

        if (function.Element is { } element)
            return bound.Skip(2).Aggregate(new CallExpr(span, element, [.. bound.Take(2)]), (call, next) => new CallExpr(span, element, [call, next]));
        var first = bound[0];
        var argumentSpan = TextSpan.Cover(first.Span, bound[bound.Length - 1].Span);
        NumberExpr Number(double value) => new(nameSpan, value);
        Expr Square() => new BinaryExpr(span, BinaryOperator.Power, first, Number(2));
        ReduceExpr Count() => Reduce(span, Reduction.Count, argumentSpan, first);
        return function.Name switch
        {
            "rsqrt" => new BinaryExpr(span, BinaryOperator.Divide, Number(1), new CallExpr(span, ElementFunction.Sqrt, [first])),
            "square" => Square(),
            "clamp" or "clip" => new CallExpr(span, ElementFunction.Min, [new CallExpr(span, ElementFunction.Max, [first, bound[1]]), bound[2]]),
            "where" => new ConditionalExpr(span, first, bound[1], bound[2]),
            "pow" => new BinaryExpr(span, BinaryOperator.Power, first, bound[1]),
            "sum" => Reduce(span, Reduction.Sum, argumentSpan, first),
            "mean" => new BinaryExpr(span, BinaryOperator.Divide, Reduce(span, Reduction.Sum, argumentSpan, first), Count()),
            "norm" => Reduce(span, Reduction.Norm, argumentSpan, first),
            "norm1" => Reduce(span, Reduction.Sum, argumentSpan, new CallExpr(span, ElementFunction.Abs, [first])),
            "maxabs" => Reduce(span, Reduction.MaxAbs, argumentSpan, first),
            "dot" => Reduce(span, Reduction.Dot, argumentSpan, first, bound[1]),
            // The norm does not overflow where the mean of squares does.
            "rms" => new BinaryExpr(
                span, BinaryOperator.Divide, Reduce(span, Reduction.Norm, argumentSpan, first), new CallExpr(span, ElementFunction.Sqrt, [Count()])),
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
