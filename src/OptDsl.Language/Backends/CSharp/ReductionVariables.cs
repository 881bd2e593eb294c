using System.Collections.Immutable;
using OptDsl.Language.Plans;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>The variables of one reduction in the loop of a pass.</summary>
/// <param name="IsMax">True for a largest magnitude, false for a sum.</param>
/// <param name="Total">The sum over all blocks.</param>
/// <param name="Block">What vectors are added to: the lanes of a block, or the largest magnitudes so far.</param>
/// <param name="BlockType">Its type.</param>
/// <param name="Lanes">The lanes of a block that single elements are added to.</param>
/// <param name="Lane">One of them, or the largest magnitude of single elements so far.</param>
/// <param name="LaneType">Its type.</param>
internal sealed record ReductionVariables(
    bool IsMax, string Total, string Block, string BlockType, string Lanes, string Lane, string LaneType)
{
    public static ImmutableArray<ReductionVariables> Of(PassPlan pass, string type, ElementForm form) =>
        [.. pass.Reductions.Select((reduction, i) => Of(reduction, CSharp.Int(i + 1), type, form))];

    private static ReductionVariables Of(ReductionPlan reduction, string number, string type, ElementForm form)
    {
        if (reduction.IsMax)
            return new ReductionVariables(true, "", "maxima" + number, form.Type(type), "", "max" + number, type);
        var blockType = (form == ElementForm.Vector512 ? "Wide" : "") + (type == "float" ? "FloatLanes" : "DoubleLanes");
        return new ReductionVariables(
            false, "total" + number, "block" + number, blockType, "lanes" + number, "lane" + number, type == "float" ? "double" : "CompensatedSum");
    }
}
