using OptDsl.Language.Formulas;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans;
using static OptDsl.Generators.Tests.Formulas.Rule;

namespace OptDsl.Generators.Tests.Kernels.Matrices;

/// <summary>Into which passes a rule of matrices is cut, what is computed of whole matrices between them, and what is kept on the way.</summary>
public sealed class MatrixPlanTests
{
    [Fact]
    public void Products_stand_between_passes_over_the_elements()
    {
        var plan = Plan("m = 0.9m + g\nO = newtonschulz(m/(‖m‖ + ε), original, 5)\nW = W - ηO", "m");

        Assert.Equal([Op.NewtonSchulz], Operations(plan));
        Assert.Equal(1, plan.Passes.Count(pass => pass.Operation is null && pass.TensorsOf(plan).Any(tensor => tensor.IsGradient)));
        Assert.Equal(["rows×columns", "rows×columns"], plan.ScratchShapes.Select(shape => shape.Dimensions()));
        Assert.DoesNotContain(plan.Passes.SelectMany(pass => pass.TensorsOf(plan)), tensor => tensor.Cardinality.IsSquare());
    }

    [Fact]
    public void A_factored_second_moment_needs_no_memory_for_elements()
    {
        var plan = Plan("R = 0.9R + 0.1rowmean(g² + ε)\nC = 0.9C + 0.1colmean(g² + ε)\nW = W - ηg/√(R C / mean(R))", "R:row C:column");

        Assert.Empty(Operations(plan));
        Assert.DoesNotContain(Cardinality.PerElement, plan.ScratchShapes);
        Assert.Equal(2, plan.Passes.Count(pass => pass.Domain == Cardinality.PerElement));
        Assert.Contains(plan.Passes, pass => pass.Domain == Cardinality.PerRow);
        Assert.Contains(plan.Passes, pass => pass.Domain == Cardinality.PerColumn);
    }

    [Fact]
    public void A_product_with_its_own_transpose_reads_its_operand_twice_and_copies_nothing()
    {
        var plan = Plan("L = L + g gᵀ\nW = W - ηL g", "L:rows×rows");

        Assert.Equal([Op.MatrixProduct, Op.MatrixProduct], Operations(plan));
        var first = plan.Passes.First(pass => pass.Operation is not null).Operation!;
        Assert.Same(first.Inputs[0], first.Inputs[1]);
        Assert.NotEqual(first.IsTransposed(0), first.IsTransposed(1));
        Assert.DoesNotContain(Cardinality.ColumnsByRows, plan.ScratchShapes);
    }

    [Fact]
    public void What_is_not_chosen_is_left_out_of_the_step()
    {
        var plan = Plan("L = L + g gᵀ\nP = t mod 10 == 0 ? L^{-1/4} : P\nW = W - ηP g", "L:rows×rows P:rows×rows");

        var root = plan.Passes.Single(pass => pass.Operation?.Node.Op == Op.InverseRoot);
        Assert.False(root.When.IsAlways);
        Assert.All(plan.Passes.Where(pass => pass.Operation?.Node.Op == Op.MatrixProduct), pass => Assert.True(pass.When.IsAlways));
    }

    [Fact]
    public void A_side_that_the_shape_leaves_out_has_no_memory()
    {
        var plan = Plan("left = rows(W) ≤ most\nL = left ? L + g gᵀ : L\nW = W - η(left ? L g : g)", "L:rows×rows");

        var state = plan.ElementStates.Single();
        Assert.False(state.When.IsAlways);
        Assert.True(Plan("L = t > 1 ? L + g gᵀ : L\nW = W - ηL g", "L:rows×rows").ElementStates.Single().When.IsAlways);
    }

    private static IEnumerable<Op> Operations(RulePlan plan) => plan.Passes.Where(pass => pass.Operation is not null).Select(pass => pass.Operation!.Node.Op);

    private static RulePlan Plan(string formulas, string states) => Planner.Plan(Model(Of(formulas, states, Hyper("η", 0.1), Hyper("ε", 1e-8), Hyper("most", 100))), precise: false);
}
