namespace OptDsl.Execution;

/// <summary>The dimensions of a matrix, in those of the parameter: <c>rows×columns</c> is one like it.</summary>
/// <param name="Height">How many values stand below one another.</param>
/// <param name="Width">How many values stand beside one another.</param>
internal readonly record struct Extents(Extent Height, Extent Width)
{
    /// <summary>A matrix like the parameter.</summary>
    public static Extents OfElements { get; } = new(Extent.Rows, Extent.Columns);

    /// <summary>True for a matrix like the parameter.</summary>
    public bool AreOfElements => this == OfElements;

    /// <summary>The dimensions as descriptions write them: <c>rows×rows</c>, <c>1×columns</c>.</summary>
    public static Extents Parse(string text)
    {
        var parts = text.Split('×');
        return new(Of(parts[0]), Of(parts[1]));

        static Extent Of(string word) => word switch
        {
            "rows" => Extent.Rows,
            "columns" => Extent.Columns,
            _ => Extent.One,
        };
    }

    /// <summary>The dimensions of a state.</summary>
    public static Extents Of(StateDescription state) => state switch
    {
        { Shape: not "" } => Parse(state.Shape),
        { Per: Per.Row } => new(Extent.Rows, Extent.One),
        { Per: Per.Column } => new(Extent.One, Extent.Columns),
        _ => OfElements,
    };

    /// <summary>The number of values for a parameter.</summary>
    /// <exception cref="ArgumentException">They are more than an array can hold.</exception>
    public int Length(TensorShape shape)
    {
        var length = (long)Height.In(shape) * Width.In(shape);
        return length <= Array.MaxLength
            ? (int)length
            : throw new ArgumentException($"A matrix of {Height.In(shape)} × {Width.In(shape)} is more than an array can hold; give parameters of that size another rule, or split them.");
    }

    /// <summary>The dimensions that files have: of a row or a column of values one, of a matrix both.</summary>
    public int[] Dimensions(TensorShape shape) =>
        [.. new[] { Height, Width }.Where(extent => extent != Extent.One).Select(extent => extent.In(shape))];
}

/// <summary>A dimension of a matrix.</summary>
internal enum Extent
{
    One,
    Rows,
    Columns,
}

internal static class ExtentLengths
{
    /// <summary>How many values it is for a parameter.</summary>
    public static int In(this Extent extent, TensorShape shape) => extent switch
    {
        Extent.Rows => shape.Rows,
        Extent.Columns => shape.Columns,
        _ => 1,
    };
}
