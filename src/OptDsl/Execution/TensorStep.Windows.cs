using System.Numerics;
using System.Runtime.CompilerServices;
using OptDsl.Kernels;

namespace OptDsl.Execution;

/// <summary>Passes over tensors with states that are elements only while a pass runs over them.</summary>
internal sealed partial class TensorStep<T>
{
    // Smaller tensors stay in the caches from step to step.
    private const int LeastOfMemory = 1 << 20;

    private bool HasWindows => Slot.Layout.Block8Count > 0;

    private void OpenWindow(StateWindow<T> window, int pass, int start, int end) =>
        window.Open(Slot.States!, Slot.Layout, _shape.ReadsOf(pass) | _shape.WritesOf(pass), start - Share.Start, end - Share.Start);

    private void CloseWindow(StateWindow<T> window, int pass) => window.Close(_shape.WritesOf(pass), Slot.Group.NearestStates, KeyFrom(Share.Start));

    [SkipLocalsInit]
    private void RunInWindows(int pass, int start, int length, Span<double> partials, int chunk)
    {
        var window = StateWindow<T>.OfThread;

        // Rows and measurements have pieces of their own, of which several share a block.
        if (Probe.IsOn || UnitScales is not null)
        {
            OpenWindow(window, pass, start, start + length);
            RunElements(pass, start, length, partials, chunk);
            CloseWindow(window, pass);
            return;
        }

        if (typeof(T) == typeof(float) && (start - Share.Start) % BlockFrame.Length == 0)
        {
            RunInBlocks(pass, start, length, partials);
            return;
        }

        var kinds = _shape.KindsOf(pass);
        Span<PartialTree> trees = stackalloc PartialTree[kinds.Length];
        trees.Clear();
        for (var end = start + length; start < end;)
        {
            var piece = Math.Min(StateWindow<T>.Length, end - start);
            OpenWindow(window, pass, start, start + piece);
            RunPiece(pass, start, GradientOf(start, piece), Transform, partials, PackedFrom(start, window));
            if (length >= LeastOfMemory && Math.Min(StateWindow<T>.Length, end - start - piece) is > 0 and var next)
                window.Expect(Slot.Parameter.Value.Span.Slice(start + piece, next), GradientOf(start + piece, next));
            CloseWindow(window, pass);
            PartialTree.AddAll(trees, partials, kinds);
            start += piece;
        }

        PartialTree.Results(trees, kinds, partials);
    }

    /// <summary>Floats become codes within the pass.</summary>
    private unsafe void RunInBlocks(int pass, int start, int length, Span<double> partials)
    {
        var (layout, memory, first) = (Slot.Layout, Slot.States!, start - Share.Start);
        var run = BlockMemory.For(64 - BitOperations.LeadingZeroCount(layout.Block8));
        run->Begin(layout.Block8, layout.IsOfBlocks, _shape.WritesOf(pass), Slot.Group.NearestStates, KeyFrom(start), length);
        for (var rest = layout.Block8; rest != 0; rest &= rest - 1)
        {
            var state = BitOperations.TrailingZeroCount(rest);
            var place = BlockRun.Place(run, state);

            // Their memory is pinned.
            place->Codes = (byte*)Unsafe.AsPointer(ref memory.CodesOf(state).Span[first]);
            place->Scales = (float*)Unsafe.AsPointer(ref memory.ScalesOf(state).Span[first / BlockFrame.Length]);
        }

        if (length >= LeastOfMemory)
            run->Expect(ref Unsafe.As<T, float>(ref Slot.Parameter.Value.Span[start]), ref Unsafe.As<T, float>(ref GradientOf(start, length)[0]));
        RunPiece(pass, start, GradientOf(start, length), Transform, partials, new PackedStates(PackedFrom(start), run));
        BlockRun.End(run);
    }

    /// <summary>The end of the rows, from one on, of which each shares a block with the next.</summary>
    private int EndOfNeighbours(RowGradient<T> gradient, int row)
    {
        for (; row + 1 < gradient.Rows.Length; row++)
        {
            var end = (gradient.Rows[row] + 1) * gradient.RowLength;
            var next = gradient.Rows[row + 1] * gradient.RowLength;
            if (next >= Share.End || next - Share.Start >= StateWindow<T>.EndOf(Slot.States!, end - Share.Start))
                break;
        }

        return row + 1;
    }
}
