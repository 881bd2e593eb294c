namespace OptDsl.Language.Operations;

/// <summary>How tightly a piece of a formula holds together, loosest first: the parser and every notation go by it.</summary>
internal enum Precedence
{
    Conditional,
    Or,
    And,
    Not,
    Comparison,
    Sum,
    Term,

    /// <summary>Factors without a sign between them.</summary>
    Product,

    /// <summary>Signs and roots.</summary>
    Rooted,
    Power,
    Primary,
}
