using System.Globalization;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT324 where a state feeds itself, as the average of Adadelta's squared updates. Proves: the new value grows with the square of
/// the old one, or faster, so that it dies out or explodes depending on where it starts.
/// </summary>
internal static class Feedback
{
    private static readonly double[] s_sizes = [1e3, 1e5, 1e7];

    public static void Run(LintContext context)
    {
        foreach (var state in context.Model.States)
        {
            if (context.Model.Final(state) is not { } final || !context.Liveness.IsLive(state) || !(Power(context, state, final) > 1.5))
                continue;
            var read = Read(context, state, final);
            if (read is null)
                continue;
            var text = new FormulaText(context);
            context.Report(
                LintIds.MissingRoot, read.Span,
                $"'{context.Text(read)}' misses a root: the new {state.Name} grows with the power {Power(context, state, final).ToString("0.#", CultureInfo.InvariantCulture)} of the old one, so that it either dies out or explodes",
                new ReplaceFix($"Take the root of '{text.Of(read)}'", read.Span, text.Root(text.Of(read))));
            return;
        }
    }

    /// <summary>The power of a large old value in the new one; NaN where it is none.</summary>
    private static double Power(LintContext context, StateSymbol state, Definition final)
    {
        var prober = context.Experiments.Probe();
        prober.ResetStates();
        var values = s_sizes.Select(At).ToArray();
        var (low, high) = (Math.Log(values[1] / values[0], 100), Math.Log(values[2] / values[1], 100));
        return Math.Abs(low - high) < 0.1 ? high : double.NaN;

        double At(double old)
        {
            prober.SetOld(state, old);
            prober.Step(9, parameter: 1, gradient: 1);
            return Math.Abs(prober.Result(final));
        }
    }

    /// <summary>The old value where the state's input reads it, with what is added to it.</summary>
    private static Expr? Read(LintContext context, StateSymbol state, Definition final)
    {
        var nodes = Reaches.Definitions(final.Value).Append(final).SelectMany(definition => Expressions.Nodes(definition.Value)).ToArray();
        return nodes.OfType<BinaryExpr>().FirstOrDefault(node => node.Operator == Op.Add && IsGuarded(node.Left, node.Right))
            ?? nodes.FirstOrDefault(node => node is OldExpr old && old.Symbol.Equals(state));

        bool IsGuarded(Expr value, Expr guard) => value is OldExpr old && old.Symbol.Equals(state) && !context.Dependence.IsDriven(guard);
    }
}
