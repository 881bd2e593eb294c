namespace OptDsl.Language.Formulas.Model;

/// <summary>
/// One assignment, bound. Definitions are single-assignment: a name assigned twice has two definitions, and every
/// <see cref="DefinedExpr"/> refers to the one whose value it reads.
/// </summary>
internal sealed class Definition(int index, Symbol target, Expr value, TextSpan targetSpan, TextSpan statementSpan)
{
    /// <summary>Its position among the rule's definitions.</summary>
    public int Index { get; } = index;

    /// <summary>The parameter, a state or a local.</summary>
    public Symbol Target { get; } = target;

    /// <summary>
    /// What it assigns. Of a state that exists only while a condition holds: a choice by that condition, which keeps the old
    /// value where it does not hold.
    /// </summary>
    public Expr Value { get; } = value;

    /// <summary>The name on the left.</summary>
    public TextSpan TargetSpan { get; } = targetSpan;

    /// <summary>The whole statement.</summary>
    public TextSpan StatementSpan { get; } = statementSpan;

    /// <summary>A per-element target takes in a smaller value; a local has the cardinality of its value.</summary>
    public Cardinality Cardinality => Target switch
    {
        StoredSymbol stored => stored.Cardinality,
        _ => Value.Cardinality,
    };
}
