using System.Collections.Immutable;

namespace OptDsl.Language.Checks;

/// <summary>
/// One thing that can be wrong with the mathematics of a rule. What a check may report and what must have run before it is
/// declared, and held: the order of all checks follows from the declarations, and a report of anything else throws.
/// </summary>
internal abstract class Check
{
    /// <summary>The ids that are about what this check examines. Each id has one owner.</summary>
    public virtual ImmutableArray<string> Owns => [];

    /// <summary>Ids of other owners that this check comes upon as well.</summary>
    public virtual ImmutableArray<string> Borrows => [];

    /// <summary>Once one of these is reported, this check has nothing to say: what it would find follows from that.</summary>
    public virtual ImmutableArray<string> SilencedBy => [];

    /// <summary>Ids of which this check asks whether they have been reported.</summary>
    public virtual ImmutableArray<string> Asks => [];

    /// <summary>Checks that must have run, besides the owners of what it asks for or is silenced by.</summary>
    public virtual ImmutableArray<Type> After => [];

    /// <summary>True where there is nothing to examine unless a statement assigns the parameter.</summary>
    public virtual bool NeedsUpdate => false;

    /// <summary>
    /// True where options that are turned are examined too: what they break outright counts, while leaving out a correction or a
    /// weight is their purpose.
    /// </summary>
    public virtual bool SeesChoices => false;

    public bool MayReport(string id) => Owns.Contains(id) || Borrows.Contains(id);

    public bool MayAsk(string id) => SilencedBy.Contains(id) || Asks.Contains(id);

    public abstract void Run(LintContext context);
}
