using System.Numerics;
using System.Text.Json;
using OptDsl.Generators.Tests.Infrastructure;
using OptDsl.Language.Formulas;
using OptDsl.Tests.Golden;
using static OptDsl.Generators.Tests.Formulas.Rule;

namespace OptDsl.Generators.Tests.Kernels.Matrices;

/// <summary>The rules of matrices of the golden cases, compiled by the real generator and stepped by the optimizer.</summary>
public sealed class MatrixGoldenTests(ITestOutputHelper output)
{
    private static readonly Lazy<CompiledCode> s_code = new(() => CompiledCode.Load([.. MatrixTexts.Cases.Select(name => RuleCode.Of(SourceOf(GoldenCase.Load(name), null), ClassOf(name)))]));

    public static TheoryData<string> Cases => [.. MatrixTexts.Cases];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Kernels_compute_what_the_oracle_did(string name)
    {
        var golden = GoldenCase.Load(name);
        var worst = golden.IsDouble ? Worst<double>(golden) : Worst<float>(golden);
        output.WriteLine($"{worst:e2}");
        Assert.True(worst <= (golden.IsDouble ? 1e-11 : 1e-5), $"{name}: {worst:e2}");
    }

    private static double Worst<T>(GoldenCase golden)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var text = MatrixTexts.Of(golden);
        var (compared, worst) = (0, 0.0);
        foreach (var tensor in golden.Tensors.Where(tensor => tensor.Shape.Length >= text.LowestRank && tensor.Shape.Length <= text.HighestRank))
        {
            var rule = (IUpdateRule<T>)s_code.Value.Create(ClassOf(golden.Name));
            foreach (var (hyper, index) in SourceOf(golden, tensor).Hypers.Select((hyper, index) => (hyper, index)))
                rule.SetHyper(index, hyper.Default!.Value);
            T[] value = [.. tensor.Start.Select(T.CreateTruncating)], gradient = new T[value.Length];
            var optimizer = new Optimizer<T> { MaxDegreeOfParallelism = 2, ParallelThreshold = 0 };
            optimizer.Add(rule, new Parameter<T>("w", value, gradient, tensor.Shape));
            var scale = tensor.Start.Select(Math.Abs).ToArray();
            for (var step = 1; step <= golden.Steps; step++)
            {
                for (var i = 0; i < gradient.Length; i++)
                    gradient[i] = T.CreateTruncating(tensor.Gradients[step - 1][i]);
                optimizer.Step();
                for (var i = 0; i < scale.Length; i++)
                    scale[i] = Math.Max(scale[i], Math.Abs(double.CreateTruncating(value[i])));
                if (Array.IndexOf(golden.StepsStored, step) is not (>= 0 and var row))
                    continue;
                worst = Math.Max(worst, value.Select((x, i) => Math.Abs(double.CreateTruncating(x) - tensor.Weights[row][i]) / scale[i]).Max());
                compared++;
            }
        }

        Assert.True(compared > 0);
        return worst;
    }

    private static string ClassOf(string name) => "Rule_" + name;

    internal static RuleSource SourceOf(GoldenCase golden, GoldenTensor? tensor)
    {
        var text = MatrixTexts.Of(golden);
        var hyper = golden.Hyper.EnumerateObject().ToDictionary(property => property.Name, property => property.Value);
        foreach (var property in tensor?.HyperOverride?.EnumerateObject().ToArray() ?? [])
            hyper[property.Name] = property.Value;
        var values = JsonSerializer.SerializeToElement(hyper);
        return Of(text.Formulas, text.States, [.. text.Hypers.Select(pair => Hyper(pair.Key, pair.Value(values)))]);
    }
}
