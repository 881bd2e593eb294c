namespace OptDsl.Language.Formulas;

/// <summary>A dimension of a matrix.</summary>
internal enum Extent
{
    One,

    /// <summary>As many as the parameter has rows: its first dimension, of a vector all elements.</summary>
    Rows,

    /// <summary>As many as the parameter has columns: all dimensions but the first, of a vector one.</summary>
    Columns,
}

/// <summary>
/// How values of different shapes meet. Element by element, a dimension of one takes on any other, so that a column of numbers
/// beside a row of numbers makes a matrix; rows and columns never stand for one another.
/// </summary>
internal static class Shapes
{
    /// <summary>How many values stand below one another.</summary>
    public static Extent Height(this Cardinality shape) => shape switch
    {
        Cardinality.PerRow or Cardinality.PerElement or Cardinality.RowsByRows => Extent.Rows,
        Cardinality.ColumnsByOne or Cardinality.ColumnsByRows or Cardinality.ColumnsByColumns => Extent.Columns,
        _ => Extent.One,
    };

    /// <summary>How many values stand beside one another.</summary>
    public static Extent Width(this Cardinality shape) => shape switch
    {
        Cardinality.OneByRows or Cardinality.ColumnsByRows or Cardinality.RowsByRows => Extent.Rows,
        Cardinality.PerColumn or Cardinality.PerElement or Cardinality.ColumnsByColumns => Extent.Columns,
        _ => Extent.One,
    };

    /// <summary>True for one number, for a step, a group or a tensor.</summary>
    public static bool IsSingle(this Cardinality shape) => shape <= Cardinality.PerTensor;

    /// <summary>True for a shape that only rules of matrices have: neither one number nor one value an element.</summary>
    public static bool IsOfMatrices(this Cardinality shape) => shape is not Cardinality.PerElement && !shape.IsSingle();

    /// <summary>True for what is a matrix to a mathematician and no tensor like the parameter: a square matrix, or anything transposed.</summary>
    public static bool IsSquareOrTransposed(this Cardinality shape) => shape >= Cardinality.OneByRows;

    /// <summary>True for a matrix that has a trace, powers and eigenvectors.</summary>
    public static bool IsSquare(this Cardinality shape) => shape is Cardinality.RowsByRows or Cardinality.ColumnsByColumns;

    /// <summary>The shape of these dimensions; one by one is one value a tensor.</summary>
    public static Cardinality Of(Extent height, Extent width) => (height, width) switch
    {
        (Extent.One, Extent.One) => Cardinality.PerTensor,
        (Extent.Rows, Extent.One) => Cardinality.PerRow,
        (Extent.One, Extent.Columns) => Cardinality.PerColumn,
        (Extent.Rows, Extent.Columns) => Cardinality.PerElement,
        (Extent.One, Extent.Rows) => Cardinality.OneByRows,
        (Extent.Columns, Extent.One) => Cardinality.ColumnsByOne,
        (Extent.Columns, Extent.Rows) => Cardinality.ColumnsByRows,
        (Extent.Rows, Extent.Rows) => Cardinality.RowsByRows,
        _ => Cardinality.ColumnsByColumns,
    };

    /// <summary>The shape of what is computed of two values element by element; null where rows meet columns.</summary>
    public static Cardinality? Join(Cardinality first, Cardinality second)
    {
        if (first.IsSingle() && second.IsSingle())
            return first > second ? first : second;
        return Join(first.Height(), second.Height()) is { } height && Join(first.Width(), second.Width()) is { } width ? Of(height, width) : null;
    }

    /// <summary>True where a value of one shape fills one of another.</summary>
    public static bool TakesIn(this Cardinality whole, Cardinality part) => Join(whole, part) == whole;

    public static Cardinality Transposed(this Cardinality shape) => shape.IsSingle() ? shape : Of(shape.Width(), shape.Height());

    /// <summary>The shape of a matrix product; null where the inner dimensions differ.</summary>
    public static Cardinality? Product(Cardinality first, Cardinality second) => first.Width() == second.Height() ? Of(first.Height(), second.Width()) : null;

    private static Extent? Join(Extent first, Extent second) => first == Extent.One ? second : second == Extent.One || first == second ? first : null;
}
