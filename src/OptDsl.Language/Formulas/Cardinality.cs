namespace OptDsl.Language.Formulas;

/// <summary>
/// How many values an expression has. The first three hold one value; the others are matrices, the dimensions of which are one, the
/// parameter's rows or its columns. <see cref="Shapes"/> says how they meet.
/// </summary>
internal enum Cardinality
{
    /// <summary>One value a step: hyper-parameters, the step count, constants.</summary>
    PerStep,

    /// <summary>One value for all tensors of a group: reductions over the group, per-group states.</summary>
    PerGroup,

    /// <summary>One value a tensor: reductions, per-tensor states.</summary>
    PerTensor,

    /// <summary>One value a row of the parameter: a column of numbers, rows×1.</summary>
    PerRow,

    /// <summary>One value a column of the parameter: a row of numbers, 1×columns.</summary>
    PerColumn,

    /// <summary>One value an element: the parameter, the gradient, states; as a matrix rows×columns.</summary>
    PerElement,

    /// <summary>The transpose of <see cref="PerRow"/>.</summary>
    OneByRows,

    /// <summary>The transpose of <see cref="PerColumn"/>.</summary>
    ColumnsByOne,

    /// <summary>The transpose of <see cref="PerElement"/>.</summary>
    ColumnsByRows,

    /// <summary>A square matrix with a value for each pair of rows.</summary>
    RowsByRows,

    /// <summary>A square matrix with a value for each pair of columns.</summary>
    ColumnsByColumns,
}

internal static class CardinalityWords
{
    /// <summary>What there is one value of, to stand after "one value".</summary>
    public static string Of(this Cardinality cardinality) => cardinality switch
    {
        Cardinality.PerStep => "a step",
        Cardinality.PerGroup => "a group",
        Cardinality.PerTensor => "a tensor",
        Cardinality.PerRow or Cardinality.OneByRows => "a row",
        Cardinality.PerColumn or Cardinality.ColumnsByOne => "a column",
        Cardinality.RowsByRows => "a pair of rows",
        Cardinality.ColumnsByColumns => "a pair of columns",
        _ => "an element",
    };

    /// <summary>The dimensions of a matrix: <c>rows×columns</c>.</summary>
    public static string Dimensions(this Cardinality cardinality) => $"{Word(cardinality.Height())}×{Word(cardinality.Width())}";

    /// <summary>The matrix whose dimensions are written as <c>rows×rows</c>, <c>rows x rows</c> or <c>rows by rows</c>; null for no such text.</summary>
    public static Cardinality? OfDimensions(string text)
    {
        var parts = text.Trim().ToLowerInvariant().Replace(" by ", "×").Split('×', 'x', '*', ',');
        return parts.Length == 2 && OfWord(parts[0].Trim(' ', '(')) is { } height && OfWord(parts[1].Trim(' ', ')')) is { } width ? Shapes.Of(height, width) : null;
    }

    private static string Word(Extent extent) => extent switch
    {
        Extent.One => "1",
        Extent.Rows => "rows",
        _ => "columns",
    };

    private static Extent? OfWord(string word) => word switch
    {
        "1" => Extent.One,
        "rows" or "row" => Extent.Rows,
        "columns" or "column" or "cols" or "col" => Extent.Columns,
        _ => null,
    };
}
