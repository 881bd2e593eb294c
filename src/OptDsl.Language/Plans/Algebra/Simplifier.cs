using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Plans.Algebra;

/// <summary>From a rule model to the operations that a kernel performs.</summary>
internal static class Simplifier
{
    /// <param name="model">The rule.</param>
    /// <param name="precise">True to perform the operations as written; else they are rearranged as real numbers allow.</param>
    public static RuleGraph Simplify(RuleModel model, bool precise)
    {
        var table = new NodeTable();
        return precise
            ? GraphBuilder.Build(model, table, new WrittenAlgebra(table))
            : Lowering.Lower(GraphBuilder.Build(model, table, new NormalAlgebra(table)));
    }
}
