using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OptDsl.Kernels;

namespace OptDsl.Execution;

/// <summary>The pieces of a tensor that share a scale or are measured, of which a pass runs one after the other.</summary>
internal sealed partial class TensorStep<T>
{
    // A long row before it is updated, for measurements.
    [ThreadStatic]
    private static T[]? t_row;

    private void RunSlice(int pass, int start, int length, Span<double> partials, int chunk)
    {
        if (Cohort is null)
        {
            if (Transform.Zero && !Slot.Parameter.Gradient.IsEmpty)
                Slot.Parameter.Gradient.Span.Slice(start, length).Clear();
        }
        else if (HasWindows)
        {
            RunInWindows(pass, start, length, partials, chunk);
        }
        else
        {
            RunElements(pass, start, length, partials, chunk);
        }

        if (pass == (_frame is null ? MostPasses - 1 : _shape.LastElementPass))
            _epilogue.Run(Slot, start, length);
    }

    private void RunElements(int pass, int start, int length, Span<double> partials, int chunk)
    {
        if (Probe.IsOn)
        {
            RunMeasured(pass, start, length, partials, chunk);
        }
        else if (UnitScales is null)
        {
            RunPiece(pass, start, length, Transform, partials);
        }
        else
        {
            RunUnits(pass, start, length, partials);
        }
    }

    [SkipLocalsInit]
    private void RunUnits(int pass, int start, int length, Span<double> partials)
    {
        var kinds = _shape.KindsOf(pass);
        Span<PartialTree> trees = stackalloc PartialTree[kinds.Length];
        trees.Clear();
        for (var end = start + length; start < end; start += Units.Length)
        {
            RunPiece(pass, start, Units.Length, TransformAt(start), partials);
            PartialTree.AddAll(trees, partials, kinds);
        }

        PartialTree.Results(trees, kinds, partials);
    }

    // As above, in pieces small enough that the weights before the pass fit on the stack; what is measured of each piece is
    // combined like the reductions of the rule.
    [SkipLocalsInit]
    private void RunMeasured(int pass, int start, int length, Span<double> partials, int chunk)
    {
        var kinds = _shape.KindsOf(pass);
        Span<PartialTree> trees = stackalloc PartialTree[kinds.Length];
        Span<PartialTree> unitTrees = stackalloc PartialTree[kinds.Length];
        Span<T> before = stackalloc T[Probe.PieceLength];
        var (measured, measuredOfUnit) = (default(ProbeTrees), default(ProbeTrees));
        trees.Clear();
        var unitLength = UnitScales is null ? length : Units.Length;
        var pieceLength = Probe.PieceLength;
        if (_frame is not null)
        {
            // Rows stay whole, and as many of them as a tree has leaves go together.
            pieceLength = UnitScales is not null || _frame.Shape.Columns >= pieceLength ? _frame.Shape.Columns : _frame.Shape.Columns << BitOperations.Log2((uint)(pieceLength / _frame.Shape.Columns));
            if (pieceLength > before.Length)
                before = t_row is { } row && row.Length >= pieceLength ? row : t_row = new T[pieceLength];
        }

        for (var end = start + length; start < end;)
        {
            unitTrees.Clear();
            measuredOfUnit = default;
            for (var unitEnd = start + unitLength; start < unitEnd;)
            {
                var piece = Math.Min(pieceLength, unitEnd - start);
                measuredOfUnit.Add(RunMeasuredPiece(pass, start, piece, partials, before[..piece]));
                PartialTree.AddAll(unitTrees, partials, kinds);
                start += piece;
            }

            measured.Add(measuredOfUnit.Results);
            PartialTree.Results(unitTrees, kinds, partials);
            PartialTree.AddAll(trees, partials, kinds);
        }

        PartialTree.Results(trees, kinds, partials);
        Probe.Store(chunk, measured.Results, ofFirstPass: IsFirstOverElements(pass), ofWritePass: pass == _shape.WritePass);
    }

    private ProbeMeasures RunMeasuredPiece(int pass, int start, int length, Span<double> partials, Span<T> before)
    {
        var value = Slot.Parameter.Value.Span.Slice(start, length);
        value.CopyTo(before);
        var gradient = IsFirstOverElements(pass) ? Norms.SumOfSquares<T>(GradientOf(start, length)) : default;
        RunPiece(pass, start, length, TransformAt(start), partials);
        return pass == _shape.WritePass
            ? new ProbeMeasures(gradient, Norms.SumOfSquaredDifferences<T>(value, before), Norms.SumOfSquares<T>(value))
            : new ProbeMeasures(gradient, default, default);
    }

    private bool IsFirstOverElements(int pass)
    {
        if (_frame is null)
            return pass == 0;
        foreach (var made in Cohort!.Passes.AsSpan(0, Cohort.PassCount))
        {
            if (!_shape.IsWhole(made))
                return made == pass;
        }

        return false;
    }

    private GradientTransform TransformAt(int start) =>
        UnitScales is null ? Transform : Transform with { Scale = UnitScales[start / Units.Length] };

    private void RunPiece(int pass, int start, int length, GradientTransform transform, Span<double> partials) =>
        RunPiece(pass, start, GradientOf(start, length), transform, partials);

    private void RunPiece(int pass, int start, Span<T> gradient, GradientTransform transform, Span<double> partials) =>
        RunPiece(pass, start, gradient, transform, partials, HasWindows ? PackedFrom(start, StateWindow<T>.OfThread) : PackedFrom(start));

    private void RunPiece(int pass, int start, Span<T> gradient, GradientTransform transform, Span<double> partials, PackedStates packed)
    {
        var value = Slot.Parameter.Value.Span.Slice(start, gradient.Length);
        var states = Slot.States?.Elements;
        ref var firstState = ref states is null ? ref MemoryMarshal.GetReference(value) : ref states[start - Share.Start];
        if (_frame is not null)
            _frame.States = Slot.States;
        var slice = new PassSlice<T>(
            value, gradient, ref firstState, states?.Stride ?? 0, Scalars, partials, transform, Slot.Layout.Rows, packed, _frame, _frame is null ? 0 : start / _frame.Shape.Columns);
        _rule.RunPass(pass, slice);
    }

    private PackedStates PackedFrom(int start) =>
        Slot.States?.Halves is { } halves ? new PackedStates(ref halves[start - Share.Start], halves.Stride, PackingFrom(start)) : default;

    private PackedStates PackedFrom(int start, StateWindow<T> window) =>
        new(PackedFrom(start), ref window.At(start - Share.Start), window.Stride, Slot.Layout.Block8);

    private StatePacking PackingFrom(int start) =>
        Slot.Layout.Packing(Slot.Group.NearestStates, KeyFrom(start));

    private RoundingKey KeyFrom(int start) => RoundingKey.Of(Slot.RoundingSeed ^ Slot.Group.RoundingSeed, Cohort!.StepsTaken + 1, start);
}
