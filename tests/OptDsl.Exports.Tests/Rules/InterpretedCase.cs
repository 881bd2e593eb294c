using System.Collections.Immutable;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Exports.Tests.Rules;

/// <summary>A rule that no kernels were generated for, run by the interpreter.</summary>
internal sealed record InterpretedCase(string Rule, string Setting, RuleModel Model, ImmutableArray<double> Hypers) : ExportCase(Rule, Setting, Model, Hypers)
{
    public override IReadOnlyList<double[]> Expected() => [.. Run().Select(run => run.Parameter)];

    /// <summary>True where everything that the formulas compute is finite: what languages make of other numbers is their own.</summary>
    public bool IsFinite() => Run().All(run => run.IsFinite);

    private List<(double[] Parameter, bool IsFinite)> Run()
    {
        var program = RuleProgram.Compile(Model);
        var group = new GroupRun(program, [.. Lengths.Select((_, i) => new RuleRun(program, Parameter(i), [.. Model.Hypers.Select(hyper => At(hyper.Index, 1))]))]);
        var results = new List<(double[], bool)>();
        for (var step = 1; step <= Steps; step++)
        {
            foreach (var tensor in group.Tensors)
            {
                foreach (var hyper in Model.Hypers)
                    tensor.SetHyper(hyper.Index, At(hyper.Index, step));
                foreach (var hyper in Model.Shifted)
                    tensor.SetShifted(hyper, At(hyper.Index, step));
            }

            group.Step([.. Lengths.Select((_, i) => Gradient(i, step - 1))]);
            results.AddRange(group.Tensors.Select(tensor => ((double[])tensor.Parameter.Clone(), Registers(program, tensor).All(register => register.All(double.IsFinite)))));
        }

        return results;
    }

    private static IEnumerable<double[]> Registers(RuleProgram program, RuleRun run) => Enumerable.Range(0, program.Registers.Length).Select(run.Register);
}
