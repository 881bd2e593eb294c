using System.Globalization;
using System.Numerics;
using OptDsl.Generators.Tests.Formulas;
using OptDsl.Generators.Tests.Infrastructure;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Generators.Tests.Kernels.Matrices;

/// <summary>
/// Random rules of matrices, in which every shape and most functions occur, through the real generator, the C# compiler and the optimizer, against the interpreter.
/// <c>OPTDSL_MATRIX_KERNEL_CASES=5000</c> draws as many new ones.
/// </summary>
public sealed class RandomMatrixKernelTests(ITestOutputHelper output)
{
    private const int Usual = 200, InOneAssembly = 100, Steps = 3;

    private static readonly (int Rows, int Columns)[] s_shapes = [(1, 1), (3, 1), (1, 4), (5, 3), (3, 7), (18, 17)];

    [Fact]
    public void Kernels_compute_what_the_interpreter_does()
    {
        var asked = int.TryParse(Environment.GetEnvironmentVariable("OPTDSL_MATRIX_KERNEL_CASES"), NumberStyles.None, CultureInfo.InvariantCulture, out var cases);
        var random = new Random(asked ? Environment.TickCount : 21);
        var (worst, compared) = (0.0, 0);
        for (var left = asked ? cases : Usual; left > 0; left -= InOneAssembly)
        {
            var rules = Enumerable.Range(0, Math.Min(left, InOneAssembly)).Select(i => (Name: "Random" + i.ToString(CultureInfo.InvariantCulture), Formulas: RandomMatrixRules.Write(random))).ToList();
            var code = CompiledCode.Load([.. rules.Select(rule => RuleCode.Of(Rule.Source(rule.Formulas, RandomMatrixRules.States), rule.Name))]);
            foreach (var (name, formulas) in rules)
            {
                var model = Rule.Model(Rule.Source(formulas, RandomMatrixRules.States));
                foreach (var shape in s_shapes.Where(shape => shape != (1, 1) || !model.IsForMatrices))
                {
                    var inDouble = Difference<double>(code, name, model, shape, random.Next());
                    Assert.True(inDouble <= 1e-7, $"{inDouble:e1} at {shape} of\n{formulas}");
                    worst = Math.Max(worst, inDouble);
                    compared += inDouble > 0 ? 1 : 0;
                }
            }
        }

        output.WriteLine($"{worst:e1}, {compared} with roundings");
        Assert.True(compared > 0);
    }

    /// <summary>The largest difference of a weight after a step from the same weights, against the size of the largest; 0 once either is not finite, or has grown beyond what tells anything.</summary>
    private static double Difference<T>(CompiledCode code, string name, RuleModel model, (int Rows, int Columns) shape, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        var count = shape.Rows * shape.Columns;
        var start = Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5).ToArray();
        var run = new RuleRun(RuleProgram.Compile(model), start, [], shape: Language.Formulas.TensorShape.Matrix(shape.Rows, shape.Columns));
        T[] value = [.. start.Select(T.CreateTruncating)], gradient = new T[count];
        var optimizer = new Optimizer<T> { MaxDegreeOfParallelism = 2, ParallelThreshold = 0, ChunkLength = 1024 };
        optimizer.Add((IUpdateRule<T>)code.Create(name), new Parameter<T>("w", value, gradient, shape.Rows, shape.Columns));
        var worst = 0.0;
        for (var step = 0; step < Steps; step++)
        {
            var g = start.Select(_ => random.NextDouble() - 0.5).ToArray();
            run.Step(g);
            for (var i = 0; i < count; i++)
                gradient[i] = T.CreateTruncating(g[i]);
            optimizer.Step();
            var largest = run.Parameter.Max(Math.Abs);
            if (!double.IsFinite(largest) || largest > 1e8)
                break;
            worst = Math.Max(worst, run.Parameter.Select((expected, i) => Math.Abs(double.CreateTruncating(value[i]) - expected)).Max() / Math.Max(1, largest));
        }

        return double.IsFinite(worst) ? worst : double.PositiveInfinity;
    }
}
