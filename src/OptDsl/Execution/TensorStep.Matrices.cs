using System.Runtime.InteropServices;

namespace OptDsl.Execution;

/// <summary>Steps of rules that see rows and columns: memory for what is computed on the way, and passes that are made at once.</summary>
internal sealed partial class TensorStep<T>
{
    /// <summary>True for a tensor of which the rule sees rows and columns.</summary>
    public bool SeesRows => _frame is not null;

    /// <summary>True for a tensor that is stepped after the others, by itself: it shares the memory for what is computed on the way.</summary>
    public bool StepsAlone => SeesRows && WaitsBetweenPasses && !_shape.ReducesGroups;

    /// <summary>True for a tensor of which a thread makes all passes, with memory of its own for what is computed on the way.</summary>
    public bool NeedsScratchOfThread => SeesRows && !WaitsBetweenPasses;

    /// <summary>Makes room for what is computed on the way.</summary>
    public void MakeRoom(ScratchSet<T> scratch) => scratch.MakeRoom(_shape, _frame!.Shape);

    /// <summary>Where what is computed on the way lies, of a tensor that keeps it.</summary>
    public ScratchSet<T> Scratch => _frame!.Scratch;

    /// <summary>Gives the tensor the memory that it keeps for what is computed on the way.</summary>
    public void TakeScratch(ScratchSet<T> scratch)
    {
        MakeRoom(scratch);
        _frame!.Scratch = scratch;
    }

    /// <summary>True where the pass is made at once, by the thread that makes the step.</summary>
    /// <param name="turn">The pass's position among those that the step makes.</param>
    public bool IsWhole(int turn) => _frame is not null && _shape.IsWhole(PassOf(turn));

    /// <summary>Runs all passes over the whole tensor.</summary>
    /// <param name="pool">Memory for what is computed on the way.</param>
    public void RunWhole(ScratchPool<T> pool)
    {
        if (_frame is null)
        {
            RunWhole();
            return;
        }

        _frame.Scratch = pool.Rent();
        try
        {
            RunWhole();
        }
        finally
        {
            pool.Return(_frame.Scratch);
        }
    }

    /// <summary>Runs a pass that is made at once.</summary>
    public void RunAtOnce(int turn)
    {
        var pass = PassOf(turn);
        if (Share.Length == 0 || (_shape.ReducesGroups && !_rule.HasPass(pass, Scalars)))
            return;
        var (value, states) = (Slot.Parameter.Value, Slot.States?.Elements);
        ref var firstState = ref states is null ? ref MemoryMarshal.GetReference(value.Span) : ref states[0];
        _frame!.States = Slot.States;
        _rule.RunPass(pass, new PassSlice<T>(value.Span, [], ref firstState, states?.Stride ?? 0, Scalars, TotalsOf(pass), Transform, Slot.Layout.Rows, default, _frame, 0));
    }
}
