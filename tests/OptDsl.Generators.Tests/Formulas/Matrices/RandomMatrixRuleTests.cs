using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Notation;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Generators.Tests.Formulas.Matrices;

/// <summary>Random rules of matrices against an evaluation that knows nothing of the interpreter, and through the printer and back.</summary>
public sealed class RandomMatrixRuleTests
{
    private const int Count = 300;

    [Fact]
    public void A_rule_written_out_is_the_same_rule()
    {
        var random = new Random(11);
        for (var i = 0; i < Count; i++)
        {
            var formulas = RandomMatrixRules.Write(random);
            var model = Model(formulas);
            foreach (var style in new[] { NotationStyle.Unicode, NotationStyle.Latex })
            {
                var text = string.Join("\n", model.WriteFormulas(style));
                Assert.True(ModelIdentity.Of(model) == ModelIdentity.Of(Model(text)), $"{formulas}\n→\n{text}");
            }
        }
    }

    [Fact]
    public void The_interpreter_computes_what_a_naive_evaluation_does()
    {
        var random = new Random(12);
        for (var i = 0; i < Count; i++)
        {
            var formulas = RandomMatrixRules.Write(random);
            var model = Model(formulas);
            var (rows, columns) = (random.Next(1, 5), random.Next(1, 5));
            var start = Enumerable.Range(0, rows * columns).Select(_ => random.NextDouble() - 0.5).ToArray();
            var run = new RuleRun(RuleProgram.Compile(model), start, [], shape: Language.Formulas.TensorShape.Matrix(rows, columns));
            var naive = new NaiveMatrices(model, rows, columns, start);
            for (var step = 0; step < 3; step++)
            {
                var gradient = start.Select(_ => random.NextDouble() - 0.5).ToArray();
                run.Step(gradient);
                naive.Step(gradient);
                foreach (var (value, other) in run.Parameter.Zip(naive.Parameter))
                    Assert.True(Math.Abs(value - other) <= 1e-7 * (1 + Math.Abs(value)) || (!double.IsFinite(value) && !double.IsFinite(other)), $"{value} and {other} of\n{formulas}");
            }
        }
    }

    private static RuleModel Model(string formulas) => Rule.Model(Rule.Source(formulas, RandomMatrixRules.States));
}
