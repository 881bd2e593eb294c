namespace OptDsl.Language.Backends.CSharp;

/// <summary>The variables of one reduction in the loop of a pass.</summary>
/// <param name="IsMax">True for a largest magnitude, false for a sum.</param>
/// <param name="Number">Its number in the pass, from 1.</param>
internal sealed record ReductionVariables(bool IsMax, string Number)
{
    /// <summary>The sum over all blocks.</summary>
    public string Total => "total" + Number;

    /// <summary>What packs are added to: the lanes of a block, or the largest magnitudes so far.</summary>
    public string Pack => (IsMax ? "maxima" : "block") + Number;

    /// <summary>What single elements are added to: the lanes of a block, or the largest magnitude so far.</summary>
    public string Element => (IsMax ? "max" : "lane") + Number;

    /// <summary>The values of the lanes of a block in memory.</summary>
    public string Lanes => "lanes" + Number;
}
