namespace OptDsl;

/// <summary>A parameter as a rule of matrices sees it: its first dimension is the rows, all others together are the columns.</summary>
/// <param name="Rank">The number of dimensions.</param>
/// <param name="Rows">The first dimension; 1 where there is none.</param>
/// <param name="Columns">The product of the other dimensions; 1 where there are none.</param>
/// <remarks>A vector of n elements has n rows of one column. Rules that treat it otherwise ask for its <c>rank</c>.</remarks>
public readonly record struct TensorShape(int Rank, int Rows, int Columns)
{
    /// <summary>The number of elements.</summary>
    public int Length => Rows * Columns;

    /// <summary>The shape of some dimensions, outermost first.</summary>
    /// <param name="dimensions">The dimensions.</param>
    /// <exception cref="ArgumentException">A dimension is below 1, or there are more elements than a span can have.</exception>
    public static TensorShape Of(params ReadOnlySpan<int> dimensions)
    {
        var columns = 1L;
        for (var i = 0; i < dimensions.Length; i++)
        {
            if (dimensions[i] < 1)
                throw new ArgumentException($"The shape has a dimension of {dimensions[i]}; dimensions are at least 1.", nameof(dimensions));
            columns = i == 0 ? 1 : columns * dimensions[i];
            if (columns * dimensions[0] > int.MaxValue)
                throw new ArgumentException($"The shape [{string.Join(" × ", dimensions.ToArray())}] has more elements than a span can have.", nameof(dimensions));
        }

        return new TensorShape(dimensions.Length, dimensions.IsEmpty ? 1 : dimensions[0], (int)columns);
    }
}
