using OptDsl.Benchmarks.Native;

namespace OptDsl.Benchmarks.Contestants;

/// <summary>A rule and the ways to compute it.</summary>
internal sealed record BenchmarkRule(string Name, double[] Hypers, int States)
{
    /// <summary>A new instance of the rule, for an optimizer.</summary>
    public required Func<IUpdateRule<float>> Create { get; init; }

    /// <summary>The generated kernel, called as users call it.</summary>
    public required SliceStep Generated { get; init; }

    /// <summary>The same in double, written by hand or interpreted.</summary>
    public required ReferenceStep Reference { get; init; }

    /// <summary>Its function in the C library.</summary>
    public required string CFunction { get; init; }

    /// <summary>The indexed loop.</summary>
    public required SliceStep Naive { get; init; }

    /// <summary>The formulas of a rule that has no name of its own.</summary>
    public string? Formulas { get; init; }

    /// <summary>The composition of TensorPrimitives, with two temporary rows; null for a rule that nobody composes.</summary>
    public Action<Tensors, int, int, long, float[]>? Tensor { get; init; }

    /// <summary>True for rules that reduce tensors, and cannot be cut into slices.</summary>
    public bool Reduces { get; init; }

    /// <summary>Bytes that an element's step moves, in float.</summary>
    public int BytesPerElement => sizeof(float) * (Reduces ? 11 : 3 + (2 * States));

    /// <summary>States that the contestants need, with one more where C keeps a temporary.</summary>
    public int Buffers => Reduces ? States + 1 : States;

    /// <summary>All ways to make a step on one thread.</summary>
    public IEnumerable<(string Name, SliceStep Step)> Ways(NativeSteps? native)
    {
        yield return (Contestant.Generated, Generated);
        if (native is not null)
            yield return (Contestant.C, native.Step(CFunction, Hypers));
        yield return (Contestant.Naive, Naive);
        if (Tensor is null)
            yield break;
        yield return (Contestant.Tensor, Whole(Tensor));
        if (!Reduces)
            yield return (Contestant.TensorBlocks, Blocks(Tensor));
    }

    /// <summary>What memory allows for the rule's streams.</summary>
    public SliceStep Limit => Reduces
        ? (tensors, start, count, step) =>
        {
            StreamLimit.Step(tensors, start, count, step);
            StreamLimit.Apply(tensors, start, count, step);
        }
    : StreamLimit.Step;

    private static SliceStep Whole(Action<Tensors, int, int, long, float[]> step)
    {
        var temporary = new ThreadLocal<float[]>(() => []);
        return (tensors, start, count, t) =>
        {
            if (temporary.Value!.Length < 2 * count)
                temporary.Value = new float[2 * count];
            step(tensors, start, count, t, temporary.Value);
        };
    }

    private static SliceStep Blocks(Action<Tensors, int, int, long, float[]> step)
    {
        const int Length = 2048;
        var temporary = new ThreadLocal<float[]>(() => new float[2 * Length]);
        return (tensors, start, count, t) =>
        {
            var rows = temporary.Value!;
            for (var done = 0; done < count; done += Length)
                step(tensors, start + done, Math.Min(Length, count - done), t, rows);
        };
    }
}
