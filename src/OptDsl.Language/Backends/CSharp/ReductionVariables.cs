using OptDsl.Language.Plans;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>The variables of one reduction in the loop of a pass.</summary>
/// <param name="Plan">The reduction.</param>
/// <param name="Number">Its number in the pass, from 1.</param>
internal sealed record ReductionVariables(ReductionPlan Plan, string Number)
{
    public bool IsMax => Plan.IsMax;

    public bool IsNorm => Plan.IsNorm;

    /// <summary>The sum over all blocks.</summary>
    public string Total => "total" + Number;

    /// <summary>What packs are added to: the lanes of a block, or the largest magnitudes so far.</summary>
    public string Pack => (IsMax ? "maxima" : "block") + Number;

    /// <summary>What single elements are added to: the lanes of a block, or the largest magnitude so far.</summary>
    public string Element => (IsMax ? "max" : "lane") + Number;

    /// <summary>The elements of a block whose squares are summed, of doubles.</summary>
    public string Kept => "kept" + Number;

    /// <summary>The first of these.</summary>
    public string FirstKept => "first" + Number;

    /// <summary>The values of the lanes of a block in memory.</summary>
    public string Lanes => "lanes" + Number;
}
