namespace OptDsl.Benchmarks.Contestants;

/// <summary>A way to compute a rule's step over a slice of the tensors.</summary>
/// <param name="tensors">The tensors.</param>
/// <param name="start">The first element.</param>
/// <param name="count">The number of elements.</param>
/// <param name="step">The step, 1 for the first.</param>
internal delegate void SliceStep(Tensors tensors, int start, int count, long step);
