namespace OptDsl;

/// <content>A gradient of some rows alone.</content>
public sealed partial class Parameter<T>
{
    private ReadOnlyMemory<int> _rows;
    private Memory<T> _rowGradient;

    /// <summary>True while there is a gradient of some rows alone; see <see cref="SetRowGradient"/>.</summary>
    public bool HasRowGradient { get; private set; }

    /// <summary>The number of rows: the first dimension, and 1 where there is none.</summary>
    internal int RowCount => Rank == 0 ? 1 : _shape[0];

    /// <summary>The rows of the gradient of rows, as they were given.</summary>
    internal ReadOnlySpan<int> Rows => _rows.Span;

    /// <summary>The memory of the gradient, of all elements or of rows.</summary>
    internal Memory<T> GradientMemory => HasRowGradient ? _rowGradient : Gradient;

    /// <summary>
    /// Gives the gradient of some rows, as the backward pass of an embedding has it; in place of <see cref="Gradient"/>, until that is
    /// set. Setting that to null takes the rows back.
    /// </summary>
    /// <param name="rows">
    /// The indices of the rows in the first dimension, in any order. What is given for a row several times is added up, in the order in
    /// which it is given.
    /// </param>
    /// <param name="gradient">The gradient, row by row, in the order of <paramref name="rows"/>.</param>
    /// <remarks>
    /// <para>
    /// A step reads and writes these rows of the parameter and of its states, and no others (as LazyAdam and PyTorch's SparseAdam do): moments
    /// of other rows do not fade, and their weights do not decay. The <c>t</c> of the formulas counts the steps of the parameter. Averages of
    /// the weights and <see cref="Optimizer{T}.Lookahead"/> read all rows, where there are some.
    /// </para>
    /// <para>
    /// Rules that reduce whole tensors (LAMB, LARS) and adaptive clipping need all rows: the step refuses them. <see cref="Optimizer{T}.ZeroGradients"/>
    /// zeroes the memory that is given here. Memory that has the largest number of rows so far is kept, and nothing else is allocated.
    /// </para>
    /// </remarks>
    /// <exception cref="ArgumentException">There are not as many elements as the rows have, or they overlap the value in memory.</exception>
    public void SetRowGradient(ReadOnlyMemory<int> rows, Memory<T> gradient)
    {
        var rowLength = Length / RowCount;
        if (gradient.Length != (long)rows.Length * rowLength)
            throw new ArgumentException($"Parameter '{Name}' has {rowLength} elements a row, and the gradient {gradient.Length} for {rows.Length} rows; it should have {(long)rows.Length * rowLength}.", nameof(gradient));
        if (gradient.Span.Overlaps(Value.Span))
            throw new ArgumentException($"The value and the gradient of parameter '{Name}' overlap in memory; give each its own.", nameof(gradient));
        Gradient = null;
        (_rows, _rowGradient, HasRowGradient) = (rows, gradient, true);
        MoveGradient();
    }

    private void ForgetRows() => (_rows, _rowGradient, HasRowGradient) = (default, default, false);
}
