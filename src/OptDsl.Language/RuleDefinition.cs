namespace OptDsl.Language;

/// <summary>A rule or schedule as its author declares it: the formulas, and what their symbols are.</summary>
/// <param name="Formulas">One assignment a line, in any notation that the language reads: plain, Unicode, LaTeX or NumPy.</param>
public sealed record RuleDefinition(string Formulas)
{
    /// <summary>True for a schedule: formulas over the step alone, of which the last assignment is the value.</summary>
    public bool IsSchedule { get; init; }

    /// <summary>The symbol of the parameter, <c>W</c> unless given.</summary>
    public string Parameter { get; init; } = "W";

    /// <summary>The symbol of the gradient, <c>g</c> unless given.</summary>
    public string Gradient { get; init; } = "g";

    /// <summary>The symbol of the step, <c>t</c> unless given.</summary>
    public string Step { get; init; } = "t";

    /// <summary>What the step is at the first step: 1, or 0 for algorithms that count from 0.</summary>
    public int FirstStep { get; init; } = 1;

    /// <summary>True where the rule is to climb: the checks then expect a step along the gradient.</summary>
    public bool Maximize { get; init; }

    /// <summary>What lives from step to step.</summary>
    public IReadOnlyList<StateDefinition> States { get; init; } = [];

    /// <summary>The numbers and options that users set.</summary>
    public IReadOnlyList<HyperDefinition> Hypers { get; init; } = [];
}

/// <summary>A state: a value that lives from step to step.</summary>
/// <param name="Symbol">Its symbol in the formulas.</param>
public sealed record StateDefinition(string Symbol)
{
    /// <summary>Its value before the first step: an expression in the parameter, hyper-parameters and constants. 0 unless given.</summary>
    public string Initial { get; init; } = "0";

    /// <summary>What it holds one value of.</summary>
    public StateExtent Extent { get; init; } = StateExtent.Element;

    /// <summary>The condition while which it exists; empty for always.</summary>
    public string When { get; init; } = "";

    /// <summary>True for one that users look at, which need not have influence on the parameter.</summary>
    public bool IsOutput { get; init; }

    /// <summary>True for what no statement assigns, since users give its values for each element.</summary>
    public bool IsConstant { get; init; }
}

/// <summary>What a state holds one value of.</summary>
public enum StateExtent
{
    /// <summary>Each element of a tensor.</summary>
    Element,

    /// <summary>Each tensor.</summary>
    Tensor,

    /// <summary>All tensors of a group together.</summary>
    Group,

    /// <summary>Each row of the parameter as a matrix: its first dimension is the rows, all others are the columns.</summary>
    Row,

    /// <summary>Each column of the parameter as a matrix.</summary>
    Column,

    /// <summary>Each pair of rows: a square matrix.</summary>
    RowsByRows,

    /// <summary>Each pair of columns: a square matrix.</summary>
    ColumnsByColumns,

    /// <summary>Each element of the transposed parameter.</summary>
    ColumnsByRows,
}

/// <summary>A hyper-parameter.</summary>
/// <param name="Symbol">Its symbol in the formulas.</param>
public sealed record HyperDefinition(string Symbol)
{
    /// <summary>Its name in programs; the symbol unless given.</summary>
    public string? Name { get; init; }

    /// <summary>What its values are.</summary>
    public HyperKind Kind { get; init; } = HyperKind.Number;

    /// <summary>The smallest value allowed, itself included.</summary>
    public double Min { get; init; } = double.NegativeInfinity;

    /// <summary>The largest value allowed, itself included.</summary>
    public double Max { get; init; } = double.PositiveInfinity;

    /// <summary>The usual value, with which the checks run the rule; of an option 1 for on. Null where there is none.</summary>
    public double? Default { get; init; }
}

/// <summary>What the values of a hyper-parameter are.</summary>
public enum HyperKind
{
    /// <summary>A number, the same in every step.</summary>
    Number,

    /// <summary>A number that may follow a schedule.</summary>
    Schedule,

    /// <summary>On or off.</summary>
    Option,
}
