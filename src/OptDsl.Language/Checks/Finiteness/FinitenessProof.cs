using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks.Finiteness;

/// <summary>
/// Proves that steps stay finite: bounds of every state are found that hold before the first step and that a step keeps. A state whose new
/// value is a·s + r is bounded by what such a recurrence comes to in the given number of steps; another one by a range that a step does not
/// leave. Nothing is sampled: whatever gradients of the box come, in whatever order.
/// </summary>
internal sealed class FinitenessProof
{
    private const int Rounds = 24;

    /// <summary>Rounds in which bounds only take in what a step makes of them.</summary>
    private const int Direct = 3;

    private readonly RuleModel _model;
    private readonly FiniteBox _box;
    private readonly ElementFormat _format;
    private readonly Interval[] _hypers;
    private readonly Interval[] _starts;
    private readonly StoredSymbol[] _stored;

    private FinitenessProof(RuleModel model, FiniteBox box, ElementFormat format)
    {
        (_model, _box, _format) = (model, box, format);
        _hypers = [.. model.Hypers.Concat(model.Shifted).Select(Range)];
        _starts = new Interval[model.States.Length + 1];
        _stored = [.. model.States, model.Parameter];
    }

    /// <summary>
    /// What stands in the way, or null where there is a proof. Of rules that see matrices, or keep states in a narrower type, nothing is
    /// proven.
    /// </summary>
    public static Expr? Find(RuleModel model, FiniteBox box, ElementFormat format) =>
        model.UsesMatrices || model.States.Any(state => state.Source.Storage != default) ? model.Definitions[0].Value : new FinitenessProof(model, box, format).Run();

    private Interval Range(HyperSymbol hyper)
    {
        var source = hyper.Source;
        return _box.StepSize is { } largest && IsStepSize(hyper) ? new(0, largest) : Interval.Of(source.Default ?? SampleValues.Assumed(source));
    }

    private bool IsStepSize(HyperSymbol hyper) => hyper.Source.Property == (_model.Hypers.FirstOrDefault(other => other.Source.Type == HyperType.Schedule)?.Source.Property ?? "LearningRate");

    private Expr? Run()
    {
        var none = _model.States.Select(_ => Interval.Zero).Append(Interval.Around(_box.Weight)).ToArray();
        var first = new Interval(_model.Source.FirstStep, _model.Source.FirstStep);
        var initial = Step(none, first, null);
        for (var index = 0; index < _model.States.Length; index++)
        {
            if (initial.Of(_model.Initials[index]) is not { } value)
                return initial.Obstacle;
            _starts[index] = value.Range;
        }

        _starts[_model.States.Length] = Interval.Around(_box.Weight);

        // The first step is taken by itself: what it alone decides holds in all the others.
        var begun = Step(_starts, first, null);
        var after = new Interval[_starts.Length];
        for (var index = 0; index < after.Length; index++)
        {
            if (_model.Final(_stored[index]) is not { } final)
                after[index] = _starts[index];
            else if (begun.Of(final) is { } value)
                after[index] = value.Range;
            else
                return begun.Obstacle;
        }

        Array.Copy(after, _starts, after.Length);
        return FindBounds(new(_model.Source.FirstStep + 1, _model.Source.FirstStep + _box.Steps - 1));
    }

    private StepBounds Step(Interval[] bounds, Interval steps, StoredSymbol? followed) =>
        new(_box, steps, _format, _hypers, [.. bounds.Take(_model.States.Length)], bounds[_model.States.Length], followed);

    private Expr? FindBounds(Interval steps)
    {
        var bounds = (Interval[])_starts.Clone();
        var obstacle = default(Expr);
        for (var round = 0; round < Rounds; round++)
        {
            var isKept = true;
            for (var index = 0; index < _stored.Length; index++)
            {
                if (_model.Final(_stored[index]) is not { } final)
                    continue;
                var step = Step(bounds, steps, _stored[index]);
                if (step.Of(final) is not { } next)
                    return step.Obstacle;
                var reached = Reached(_starts[index], next, round);
                if (!reached.IsFinite || reached.Size > _format.Max / 2)
                    return final.Value;
                if (next.Range.IsWithin(bounds[index]) || reached.IsWithin(bounds[index]))
                    continue;
                isKept = false;
                obstacle = final.Value;
                bounds[index] = bounds[index].Join(round <= Direct ? reached : Widened(reached, round));
            }

            if (isKept)
                return null;
        }

        return obstacle;
    }

    private static Interval Widened(Interval reached, int round) => round < 12 ? new(reached.Low * 1.5, reached.High * 1.5) : new(reached.Low * 1e3, reached.High * 1e3);

    /// <summary>
    /// All values from a start on: a range that a step does not leave, as those of a maximum, is found in the first rounds; what goes on
    /// growing is bounded by what its recurrence comes to over the steps of the box.
    /// </summary>
    private Interval Reached(Interval start, Form next, int round)
    {
        var range = start.Join(next.Range);
        if (round < Direct || next.Factor.IsZero)
            return range;
        var recurrence = Recurrence(start, next);
        return recurrence.IsFinite && recurrence.Size <= _format.Max / 2 ? recurrence : range;
    }

    private Interval Recurrence(Interval start, Form next)
    {
        var (factor, rest) = (next.Factor.Size, next.Rest.Size);
        var steps = _box.Steps;
        var grown = Math.Max(1, Power(factor, steps));
        var sum = factor < 1 ? Math.Min(steps, 1 / (1 - factor)) : steps * grown;
        var size = ((start.Size * grown) + (rest * sum)) * (1 + 1e-6);
        var isPositive = next.Factor.Low >= 0 && next.Rest.Low >= 0 && start.Low >= 0;
        return new(isPositive ? start.Low * Math.Min(1, Power(next.Factor.Low, steps)) * (1 - 1e-6) : -size, size);
    }

    private static double Power(double factor, long steps) => factor <= 0 ? 0 : Math.Exp(steps * Math.Log(factor));
}
