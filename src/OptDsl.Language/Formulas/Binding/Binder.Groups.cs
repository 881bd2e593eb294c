using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Syntax;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>The part of the binder that tells what is one value a tensor from what all tensors of a group share.</summary>
internal sealed partial class Binder
{
    /// <summary><c>group(‖x‖)</c> is the norm of all tensors of the group as if they were one.</summary>
    private Expr BindGroup(CallSyntax call)
    {
        if (call.Arguments.Length != 1)
        {
            ReportArgumentCount(call.Span, Functions.All[Functions.Group], call.Arguments.Length);
            return new NumberExpr(call.Span, 0);
        }

        var argument = call.Arguments[0];
        while (argument is GroupSyntax brackets)
            argument = brackets.Inner;
        switch (argument)
        {
            case NormSyntax norm:
                return BindNorm(norm, Domain.Group(call.Span));
            case CallSyntax inner when Functions.All[inner.Function].IsReduction:
                return BindCall(inner, Domain.Group(call.Span));
            default:
                ReportGroup(call.Span, argument.Span, Bind(argument));
                return new NumberExpr(call.Span, 0);
        }
    }

    private void ReportGroup(TextSpan call, TextSpan argument, Expr value)
    {
        if (_errors.Count > 0)
            return;
        var shown = Text(argument);
        if (!value.Cardinality.IsSingle())
        {
            var sum = $"sum({shown})";
            _errors.Report(
                FormulaErrorIds.BadCall, argument, $"'{shown}' has one value an element; say what the group has one of, as in group({sum})",
                new ReplaceFix($"Sum it: group({sum})", argument, sum));
            return;
        }

        var (example, fixes) = ($"{Functions.Group}(norm({_scope.Gradient ?? "x"}))", Array.Empty<FormulaFix>());
        if (ReductionIn(value)?.Span is { } inside && inside.Start >= argument.Start && inside.End <= argument.End)
        {
            example = Grouped(inside);
            var mended = $"({Text(TextSpan.FromBounds(argument.Start, inside.Start))}{example}{Text(TextSpan.FromBounds(inside.End, argument.End))})";
            fixes = [new ReplaceFix($"Write {mended}", call, mended)];
        }

        _errors.Report(
            FormulaErrorIds.BadCall, argument, $"'{shown}' is no function of the whole tensor; write group around the function itself, as in {example}", fixes);
    }

    private string Grouped(TextSpan reduction) => $"{Functions.Group}({Text(reduction)})";

    /// <summary>A name takes in no value that there are more of, or whose rows are its columns.</summary>
    private void ReportShape(TextSpan span, StoredSymbol state, Expr value)
    {
        if (!state.Cardinality.IsSingle())
        {
            var advice = state.Cardinality.TakesIn(value.Cardinality.Transposed()) ? "; transpose it" : "";
            _errors.Report(FormulaErrorIds.Shape, span, $"'{state.Name}' is {state.Cardinality.Dimensions()}, and this is {value.Cardinality.Dimensions()}{advice}");
            return;
        }

        var message = $"'{state.Name}' holds one value {state.Cardinality.Of()}, and this has one {value.Cardinality.Of()}; ";
        if (state.Cardinality == Cardinality.PerTensor)
        {
            _errors.Report(FormulaErrorIds.Shape, span, message + "reduce it with sum, mean or norm");
            return;
        }

        if (!value.Cardinality.IsSingle())
        {
            _errors.Report(FormulaErrorIds.Shape, span, message + "reduce it over the group, as in group(sum(x))");
            return;
        }

        if (ReductionIn(value) is not { } reduction)
        {
            _errors.Report(FormulaErrorIds.Shape, span, message + "it cannot depend on a state of one value a tensor");
            return;
        }

        var (shown, grouped) = (Text(reduction.Span), Grouped(reduction.Span));
        _errors.Report(
            FormulaErrorIds.Shape, span, $"{message}'{shown}' is taken over one tensor: over all of the group it is {grouped}",
            new ReplaceFix($"Take it over the group: {grouped}", reduction.Span, grouped));
    }

    /// <summary>What makes a value one a tensor: the first function of one tensor that it is computed from.</summary>
    private static ReduceExpr? ReductionIn(Expr value) => value switch
    {
        { Cardinality: not Cardinality.PerTensor } => null,
        ReduceExpr reduction => reduction,
        DefinedExpr { Definition.Target: LocalSymbol } defined => ReductionIn(defined.Definition.Value),
        _ => value.Children().Select(ReductionIn).FirstOrDefault(reduction => reduction is not null),
    };

    /// <summary>What a function of whole tensors is taken over, and the characters that say so.</summary>
    private readonly record struct Domain(TextSpan Span, bool IsGroup)
    {
        public static Domain Tensor(TextSpan span) => new(span, IsGroup: false);

        public static Domain Group(TextSpan span) => new(span, IsGroup: true);
    }
}
