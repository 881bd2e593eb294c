using OptDsl.Language.Plans;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>The variables of one reduction in the loop of a pass.</summary>
/// <param name="Plan">The reduction.</param>
/// <param name="Number">Its number in the pass, from 1.</param>
internal sealed record ReductionVariables(ReductionPlan Plan, string Number)
{
    public bool IsMax => Plan.IsMax;

    public bool IsLargest => Plan.IsLargest;

    /// <summary>True for what is no sum.</summary>
    public bool IsOfExtremes => IsMax || IsLargest;

    public bool IsNorm => Plan.IsNorm;

    /// <summary>The sum over all blocks.</summary>
    public string Total => "total" + Number;

    /// <summary>What packs are added to: the lanes of a block, or the largest magnitudes so far.</summary>
    public string Pack => (IsOfExtremes ? "maxima" : "block") + Number;

    /// <summary>What single elements are added to: the lanes of a block, or the largest magnitude so far.</summary>
    public string Element => (IsOfExtremes ? "max" : "lane") + Number;

    /// <summary>The elements of a block whose squares are summed, of doubles.</summary>
    public string Kept => "kept" + Number;

    /// <summary>The first of these.</summary>
    public string FirstKept => "first" + Number;

    /// <summary>The sums of the columns.</summary>
    public string Columns => "columnSums" + Number;

    /// <summary>The first of these.</summary>
    public string FirstColumn => "columnSum" + Number;

    /// <summary>What combines the rows.</summary>
    public string Tree => "tree" + Number;

    /// <summary>How parts combine.</summary>
    public string Kind => IsOfExtremes ? RuntimeContract.ReductionKind.Max : IsNorm ? RuntimeContract.ReductionKind.Norm : RuntimeContract.ReductionKind.Sum;

    /// <summary>The values of the lanes of a block in memory.</summary>
    public string Lanes => "lanes" + Number;
}
