namespace OptDsl.Language.Formulas;

/// <summary>The dimensions of a parameter, and what it is as a matrix: the first dimension is the rows, all others are the columns.</summary>
/// <param name="Rank">How many dimensions: 0 for a single number, 1 for a vector.</param>
/// <param name="Rows">The first dimension; of a number 1.</param>
/// <param name="Columns">The product of the others; of a vector 1.</param>
internal readonly record struct TensorShape(int Rank, int Rows, int Columns)
{
    public int Count => Rows * Columns;

    public static TensorShape Vector(int count) => new(1, count, 1);

    public static TensorShape Matrix(int rows, int columns) => new(2, rows, columns);

    /// <summary>The shape of a tensor of any number of dimensions.</summary>
    public static TensorShape Of(IReadOnlyList<int> dimensions) =>
        new(dimensions.Count, dimensions.Count == 0 ? 1 : dimensions[0], dimensions.Skip(1).Aggregate(1, (product, dimension) => product * dimension));

    public int Size(Extent extent) => extent switch
    {
        Extent.Rows => Rows,
        Extent.Columns => Columns,
        _ => 1,
    };

    /// <summary>How many values something of a cardinality has.</summary>
    public int Size(Cardinality cardinality) => Size(cardinality.Height()) * Size(cardinality.Width());

    /// <summary>Where the value of an operand lies that meets an element of the result.</summary>
    public int IndexIn(Cardinality operand, Cardinality result, int index)
    {
        if (operand == result)
            return index;
        if (operand.IsSingle())
            return 0;
        var width = Size(result.Width());
        var (row, column) = (operand.Height() == Extent.One ? 0 : index / width, operand.Width() == Extent.One ? 0 : index % width);
        return (row * Size(operand.Width())) + column;
    }
}
