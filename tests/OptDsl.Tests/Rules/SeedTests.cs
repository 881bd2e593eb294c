using System.Text.Json;
using OptDsl.Rules;
using OptDsl.Tests.Golden;

namespace OptDsl.Tests.Rules;

/// <summary>The two examples that are worked out by hand: to the last digit that the element type has.</summary>
public sealed class SeedTests
{
    private static readonly JsonElement s_seeds = GoldenFile.Load("seeds");

    public static TheoryData<int> MatrixRuns => [0, 1, 2];

    public static TheoryData<string, int> QuadraticRuns =>
    [
        .. from name in new[] { "quadratic", "quadratic_unit" } from run in Enumerable.Range(0, 4) select new TheoryDataRow<string, int>(name, run),
    ];

    [Theory]
    [MemberData(nameof(MatrixRuns))]
    public void The_momentum_matrix_is_exact_in_double(int run)
    {
        var (w, g, v, rule, wantedW, wantedV) = Matrix(run);
        rule.Update(1, w, g, v);
        Compare(wantedW, w, 1e-15);
        Compare(wantedV, v, 1e-15);
    }

    [Theory]
    [MemberData(nameof(MatrixRuns))]
    public void The_momentum_matrix_is_exact_in_float(int run)
    {
        var (w, g, v, rule, wantedW, wantedV) = Matrix(run);
        var (w32, v32) = (Array.ConvertAll(w, value => (float)value), Array.ConvertAll(v, value => (float)value));
        rule.Update(1, w32, Array.ConvertAll(g, value => (float)value), v32);
        Compare(wantedW, Array.ConvertAll(w32, value => (double)value), 1e-6);
        Compare(wantedV, Array.ConvertAll(v32, value => (double)value), 1e-6);
    }

    [Theory]
    [MemberData(nameof(MatrixRuns))]
    public void PyTorch_has_the_same_momentum_after_the_first_step(int run)
    {
        var (w, g, v, seed, wantedW, wantedV) = Matrix(run);
        new Momentum { LearningRate = seed.LearningRate, Decay = seed.Momentum, WeightDecay = seed.WeightDecay }.Update(2, w, g, v);
        Compare(wantedW, w, 1e-15);
        Compare(wantedV, v, 1e-15);
    }

    [Theory]
    [MemberData(nameof(QuadraticRuns))]
    public void The_quadratic_takes_the_recorded_path(string name, int run)
    {
        var seed = s_seeds.GetProperty(name);
        var golden = seed.GetProperty("runs")[run];
        var path = golden.GetProperty("x").EnumerateArray().Select(point => GoldenFile.Doubles(point)).ToArray();
        var (eta, gamma) = (golden.GetProperty("eta").GetDouble(), golden.GetProperty("gamma").GetDouble());
        var curvature = name == "quadratic" ? 4.0 : 2.0;
        var x = path[0].ToArray();
        var v = new double[2];
        for (var t = 1; t < path.Length; t++)
        {
            double[] g = [0.2 * x[0], curvature * x[1]];
            if (gamma == 0)
                new Sgd { LearningRate = eta }.Update(t, x, g);
            else
                new ClassicMomentum { LearningRate = eta, Momentum = gamma }.Update(t, x, g, v);
            Compare(path[t], x, 1e-13);
        }
    }

    private static (double[] W, double[] G, double[] V, MindSporeMomentum Rule, double[] WantedW, double[] WantedV) Matrix(int run)
    {
        var seed = s_seeds.GetProperty("momentum_matrix");
        var golden = seed.GetProperty("runs")[run];
        return (
            GoldenFile.Doubles(seed.GetProperty("W")), GoldenFile.Doubles(seed.GetProperty("g")), GoldenFile.Doubles(seed.GetProperty("v")),
            new MindSporeMomentum
            {
                LearningRate = golden.GetProperty("lr").GetDouble(),
                Momentum = seed.GetProperty("mu").GetDouble(),
                WeightDecay = seed.GetProperty("lambda").GetDouble(),
            },
            GoldenFile.Doubles(golden.GetProperty("w_exact_decimal")), GoldenFile.Doubles(seed.GetProperty("v_new_exact_decimal")));
    }

    private static void Compare(double[] expected, double[] actual, double tolerance)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], tolerance * Math.Max(1, Math.Abs(expected[i])));
    }
}
