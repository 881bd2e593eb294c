namespace OptDsl.Language;

/// <summary>What there is to say about characters of a declaration.</summary>
/// <param name="Id">The id under which it is explained: OPT101 to OPT112 for texts that cannot be read, OPT201 and up for the mathematics.</param>
/// <param name="Message">One sentence without a final full stop: what is wrong, with the evidence or what to write instead.</param>
/// <param name="Place">The text that <paramref name="Start"/> counts in.</param>
/// <param name="Start">The first character.</param>
/// <param name="Length">The number of characters; 0 for a place between two.</param>
public sealed record Remark(string Id, string Message, RemarkPlace Place, int Start, int Length)
{
    /// <summary>True for information: a convention, or what of a pasted text was left out.</summary>
    public bool IsNote { get; init; }

    /// <summary>The symbol of the state that the text belongs to, or of the state or hyper-parameter that the remark is about; else empty.</summary>
    public string Symbol { get; init; } = "";
}

/// <summary>Which text of a declaration a remark is about.</summary>
public enum RemarkPlace
{
    /// <summary>The formulas.</summary>
    Formulas,

    /// <summary>The symbol of a state or hyper-parameter: the declaration as a whole.</summary>
    Declaration,

    /// <summary>The initial value of a state.</summary>
    Initial,

    /// <summary>The condition while which a state exists.</summary>
    When,
}
