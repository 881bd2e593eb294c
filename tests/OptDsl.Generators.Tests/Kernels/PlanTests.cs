using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Plans;
using static OptDsl.Generators.Tests.Formulas.Rule;

namespace OptDsl.Generators.Tests.Kernels;

/// <summary>A plan says all that a step does: whoever follows it computes what the formulas say.</summary>
public sealed class PlanTests
{
    public static IEnumerable<TheoryDataRow<string, bool>> Rules => PublishedRulesTests.Rules.SelectMany(
        rule => new[] { false, true }.Select(precise => new TheoryDataRow<string, bool>(rule.Name, precise)));

    [Theory]
    [MemberData(nameof(Rules))]
    public void Plans_compute_what_the_formulas_say(string name, bool precise)
    {
        var model = Model(PublishedRulesTests.Rules.Single(rule => rule.Name == name).Source);
        var random = new Random(1);
        double[] Draw() => [.. Enumerable.Range(0, 6).Select(_ => (random.NextDouble() * 2) - 1)];
        double[] parameter = Draw(), hypers = [.. model.Hypers.Select(hyper => hyper.Source.Default ?? 0)];
        var expected = new RuleRun(RuleProgram.Compile(model), parameter, hypers);
        var run = new PlanRun(Planner.Plan(model, precise), parameter, hypers);
        for (var step = 0; step < 8; step++)
        {
            var gradient = Draw();
            expected.Step(gradient);
            run.Step([.. gradient]);
            Same(expected.Parameter, run[model.Parameter]);
        }

        // A state that no caller may read is not stored where nothing else needs it.
        foreach (var state in model.States.Where(state => Planner.Plan(model, precise).Of(state).IsChanged))
            Same(expected.State(state.Index), run[state]);

        static void Same(double[] expected, double[] actual)
        {
            for (var i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], actual[i], 1e-9 * (1 + Math.Abs(expected[i])));
        }
    }

    [Fact]
    public void Tensors_scalars_and_passes_are_told_apart()
    {
        var plan = Planner.Plan(Model(Of("s = ‖W‖\nk = 0.9k + 0.1s\nm = μm + g\nW = W - ηm/k", "m k:tensor", Hyper("η", 0.1), Hyper("μ", 0.9))), precise: false);

        Assert.Equal(["W OfTensor", "g OfTensor", "m OfTensor", "k Double"], plan.Tensors.Select(tensor => $"{tensor.Name} {tensor.Type}"));
        Assert.Equal(["k"], plan.NumberStates.Select(state => state.Name));
        Assert.Equal(["‖W‖"], plan.Reductions.Select(reduction => reduction.Formula));
        Assert.Equal(["W g m", "W m"], plan.Passes.Select(pass => string.Join(" ", pass.TensorsOf(plan).Select(tensor => tensor.Name))));
        Assert.Null(plan.Passes[0].Before);
        Assert.NotNull(plan.Passes[1].Before);
        Assert.Equal(["k"], plan.AtEnd!.Stores.Select(store => store.Key.Name));
        Assert.All(plan.Scalars.All.Where(scalar => scalar.Level > 0), scalar => Assert.False(scalar.IsOfStep));
    }

    [Fact]
    public void A_new_value_takes_the_variable_of_the_old_one()
    {
        var pass = Planner.Plan(Model(Of("v = μv + g\nW = W - ηv", "v", Hyper("η", 0.1), Hyper("μ", 0.9))), precise: false).Passes[0];
        var defines = pass.Statements.OfType<DefineStatement>().ToList();

        Assert.Equal(["W", "g", "v", "v", "W"], defines.Select(define => define.Variable.Name));
        Assert.Equal(3, defines.Select(define => define.Variable).Distinct().Count());
        Assert.Equal([true, true, true, false, false], defines.Select(define => define.Declares));
        Assert.Equal(["v = μv + g", "W = W - ηv"], pass.Statements.OfType<FormulaStatement>().SelectMany(statement => statement.Formulas));
    }

    [Fact]
    public void A_schedule_computes_common_parts_once()
    {
        var plan = Planner.PlanSchedule(Model(new RuleSource(RuleKind.Schedule, "s = t/w\nη = s² + s", "W", "g", "t", false, default, new EquatableArray<HyperSource>([Hyper("w", 5)]))));

        Assert.Equal(["s", "η"], plan.Block.Statements.Cast<LetStatement>().Select(let => let.Variable.Name));
        Assert.Equal("η", plan.Result.Name);
    }
}
