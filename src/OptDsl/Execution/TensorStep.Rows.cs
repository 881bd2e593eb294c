namespace OptDsl.Execution;

/// <summary>Steps by a gradient of some rows alone.</summary>
internal sealed partial class TensorStep<T>
{
    /// <summary>The gradient of some rows alone; null for one of all elements.</summary>
    public RowGradient<T>? Rows { get; }

    /// <summary>The position in the tensor of an element of <see cref="Gradient"/>.</summary>
    public int ElementOf(int index) => Rows is null ? Share.Start + index : (Rows.Rows[index / Rows.RowLength] * Rows.RowLength) + (index % Rows.RowLength);

    /// <summary>Reads the rows that have gradients.</summary>
    /// <exception cref="InvalidOperationException">The rule or the clipping needs all rows.</exception>
    public void GatherRows()
    {
        foreach (var pass in Cohort!.Passes.AsSpan(0, Cohort.PassCount))
        {
            if (_shape.KindsOf(pass).Length > 0)
                throw NeedsAllRows(Slot.Group.Rule.Description.Passes[pass].Reductions[0].Text);
            if (_shape.IsWhole(pass) || Slot.Group.Rule.Description.Passes[pass].IsByRows)
                throw NeedsAllRows("what it computes of rows and columns");
        }

        if (Clipping is AdaptiveClipping)
            throw new InvalidOperationException($"Parameter '{Slot.Parameter.Name}' has a gradient of some rows, which adaptive clipping does not measure: set the {nameof(Clipping)} of its group.");
        Rows!.Gather();
    }

    private InvalidOperationException NeedsAllRows(string what) =>
        new($"Parameter '{Slot.Parameter.Name}' has a gradient of some rows, and the rule {Slot.Group.Rule.Description.Name} needs all of them for {what}: give the gradient of all elements, or another rule.");

    /// <summary>Runs the passes, of which none reduces anything, over the rows that have gradients.</summary>
    private void RunRows(RowGradient<T> gradient)
    {
        var before = -1;
        foreach (var pass in Cohort!.Passes.AsSpan(0, Cohort.PassCount))
        {
            BeginPass(before, pass);
            var measured = default(CombinationTree<WideSum>);
            var neighbours = 0;
            for (var i = 0; i < gradient.Rows.Length; i++)
            {
                var start = gradient.Rows[i] * gradient.RowLength;
                if (start < Share.Start || start >= Share.End)
                    continue;
                if (HasWindows && i >= neighbours)
                {
                    neighbours = EndOfNeighbours(gradient, i);
                    OpenWindow(StateWindow<T>.OfThread, pass, start, (gradient.Rows[neighbours - 1] + 1) * gradient.RowLength);
                }

                var row = Slot.Parameter.Value.Span.Slice(start, gradient.RowLength);
                if (Probe.IsOn)
                    row.CopyTo(gradient.Before);
                RunPiece(pass, start, gradient.Elements.Slice(i * gradient.RowLength, gradient.RowLength), Transform with { Zero = false }, []);
                if (HasWindows && i == neighbours - 1)
                    CloseWindow(StateWindow<T>.OfThread, pass);
                Slot.Parameter.Project(start, gradient.RowLength);
                if (Probe.IsOn)
                    measured.Add(Norms.SumOfSquaredDifferences<T>(row, gradient.Before), new ByKind(ReductionKind.Sum));
            }

            if (Probe.IsOn)
            {
                // No rank has seen what the others made of their rows.
                var (update, weights) = Ends is { Length: > 1 }
                    ? (ProbeMeasures.None.Update, ProbeMeasures.None.Weights)
                    : (measured.Result(new ByKind(ReductionKind.Sum)), Norms.SumOfSquares<T>(Slot.Parameter.Value.Span));
                Probe.Store(0, new ProbeMeasures(Norms.SumOfSquares<T>(gradient.Elements), update, weights), ofFirstPass: before < 0, ofWritePass: pass == _shape.WritePass);
            }

            before = pass;
        }

        EndStep();
        if (!_epilogue.IsIdle)
            _epilogue.Run(Slot, Share.Start, Share.Length);
    }
}
