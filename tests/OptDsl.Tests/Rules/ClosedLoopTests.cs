using System.Text.Json;
using OptDsl.Tests.Golden;

namespace OptDsl.Tests.Rules;

/// <summary>Recorded runs whose gradient is taken at the current point, so that small differences feed back.</summary>
public sealed class ClosedLoopTests
{
    public static TheoryData<string> Cases => [.. All().Select(Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_path_is_the_recorded_one(string name)
    {
        var (difference, largest) = Run(name);
        Assert.True(difference <= 1e-10 * largest, $"{name}: {difference / largest:E1}");
    }

    private static JsonElement.ArrayEnumerator All() => GoldenFile.Load("closed_loop").GetProperty("cases").EnumerateArray();

    private static string Name(JsonElement golden) => golden.GetProperty("case").GetString()!;

    private static (double Difference, double Largest) Run(string name)
    {
        var golden = All().Single(golden => Name(golden) == name);
        var points = golden.GetProperty("x").EnumerateArray().Select(point => GoldenFile.Doubles(point)).ToArray();
        var options = new GoldenOptions(golden.GetProperty("hyper"));
        var claim = GoldenClaims.All.First(claim => claim.Accepts(golden.GetProperty("rule").GetString()!, options));

        var parameter = new Parameter<double>("x", points[0].ToArray(), new double[2]);
        var optimizer = new Optimizer<double>();
        optimizer.Add((IUpdateRule<double>)claim.Create(options), parameter);
        var difference = 0.0;
        foreach (var expected in points.Skip(1))
        {
            Gradient(golden.GetProperty("function").GetString()!, parameter.Value.Span, parameter.Gradient.Span);
            optimizer.Step();
            for (var i = 0; i < 2; i++)
                difference = Math.Max(difference, Math.Abs(parameter.Value.Span[i] - expected[i]));
        }

        return (difference, points.Max(point => point.Max(Math.Abs)));
    }

    private static void Gradient(string function, ReadOnlySpan<double> x, Span<double> g) => (g[0], g[1]) = function switch
    {
        "bowl" => (0.2 * x[0], 4 * x[1]),
        "rosenbrock" => ((-2 * (1 - x[0])) - (400 * x[0] * (x[1] - (x[0] * x[0]))), 200 * (x[1] - (x[0] * x[0]))),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Not a function of the file."),
    };
}
