using System.Text.Json;
using OptDsl.Schedules;
using OptDsl.Tests.Golden;

namespace OptDsl.Tests.Schedules;

/// <summary>The ready-made schedules against PyTorch's, value for value.</summary>
public sealed class GoldenScheduleTests(ITestOutputHelper output)
{
    /// <summary>How much a value may differ, relative to the largest of its schedule.</summary>
    private const double Tolerance = 1e-12;

    private static readonly Dictionary<string, Func<double, JsonElement, Schedule>> s_schedules = new()
    {
        ["StepLR"] = (rate, args) => new StepDecay { Initial = rate, Steps = Number(args, "step_size"), Factor = Number(args, "gamma") },
        ["MultiStepLR"] = (rate, args) => new MultiStepDecay
        {
            Initial = rate,
            Factor = Number(args, "gamma"),
            Milestones = [.. args.GetProperty("milestones").EnumerateArray().Select(milestone => milestone.GetInt64())],
        },
        ["ExponentialLR"] = (rate, args) => new ExponentialDecay { Initial = rate, Factor = Number(args, "gamma") },
        ["PolynomialLR"] = (rate, args) => new PolynomialDecay { Initial = rate, Steps = Number(args, "total_iters"), Power = Number(args, "power") },
        ["ConstantLR"] = (rate, args) => new Constant { Value = rate, Steps = Number(args, "total_iters"), Factor = Number(args, "factor") },
        ["LinearLR"] = (rate, args) => new LinearWarmUp
        {
            Peak = rate,
            InitialShare = Number(args, "start_factor"),
            FinalShare = Number(args, "end_factor"),
            Steps = Number(args, "total_iters"),
        },
        ["CosineAnnealingLR"] = (rate, args) => new Cosine { Initial = rate, Steps = Number(args, "T_max"), Final = Number(args, "eta_min") },
        ["CosineAnnealingWarmRestarts"] = (rate, args) => new CosineWarmRestarts
        {
            Initial = rate,
            Steps = Number(args, "T_0"),
            Growth = Number(args, "T_mult"),
            Final = Number(args, "eta_min"),
        },
        ["OneCycleLR"] = (_, args) => OneCycle(args, Number(args, "max_lr"), Number(args, "div_factor"), Number(args, "final_div_factor")),
        ["CyclicLR"] = (_, args) => Cyclic(args, Number(args, "base_lr"), Number(args, "max_lr")),
    };

    /// <summary>Cases whose arguments are Python, written out.</summary>
    private static readonly Dictionary<string, Func<double, Schedule>> s_written = new()
    {
        ["warmup_cosine"] = rate => new WarmUpCosine { Peak = rate, InitialShare = 0.1, WarmUpSteps = 10, Steps = 120, Final = 1e-5 },
        ["inverse_sqrt"] = rate => new InverseSquareRoot { Peak = rate / Math.Sqrt(10), WarmUpSteps = 10 },
    };

    /// <summary>Cases that are no function of the step.</summary>
    private static readonly string[] s_excepted = ["plateau"];

    private static IEnumerable<JsonElement> All => GoldenFile.Load("schedules").GetProperty("cases").EnumerateArray();

    public static TheoryData<string> Cases => [.. All.Select(Name).Except(s_excepted)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_schedule_has_the_reference_values(string name)
    {
        var golden = All.Single(candidate => Name(candidate) == name);
        var rate = golden.GetProperty("base_lr").GetDouble();
        var args = golden.GetProperty("args");
        var schedule = s_written.TryGetValue(name, out var written) ? written(rate) : s_schedules[golden.GetProperty("rule").GetString()!](rate, args);

        Compare(name, GoldenFile.Doubles(golden.GetProperty("lr")), schedule);
        if (golden.TryGetProperty("momentum", out var momentum))
            Compare($"{name}, momentum", GoldenFile.Doubles(momentum), Mirrored(golden.GetProperty("rule").GetString()!, args));
    }

    [Fact]
    public void A_warm_up_and_what_follows_can_be_chained()
    {
        var golden = All.Single(candidate => Name(candidate) == "warmup_cosine");
        var chained = new LinearWarmUp { Peak = 0.1, InitialShare = 0.1, Steps = 10 }.Then(10, new Cosine { Initial = 0.1, Steps = 110, Final = 1e-5 });
        Compare("warmup_cosine, chained", GoldenFile.Doubles(golden.GetProperty("lr")), chained);
    }

    private void Compare(string name, double[] expected, Schedule schedule)
    {
        var actual = schedule.ToArray(expected.Length);
        var scale = expected.Max(Math.Abs);
        var worst = expected.Zip(actual, (x, y) => Math.Abs(x - y) / scale).Max();
        output.WriteLine($"{name}: {expected.Length} values, worst difference {worst:E1}");
        Assert.True(worst <= Tolerance, $"{name}: {worst:E1} at step {1 + Array.FindIndex(expected.Zip(actual).ToArray(), pair => Math.Abs(pair.First - pair.Second) / scale > Tolerance)}");
    }

    /// <summary>The cycle of the momentum, which runs against that of the step size.</summary>
    private static Schedule Mirrored(string rule, JsonElement args)
    {
        var (low, high) = (Number(args, "base_momentum"), Number(args, "max_momentum"));
        return rule == "CyclicLR" ? Cyclic(args, high, low) : OneCycle(args, low, low / high, 1);
    }

    private static OneCycle OneCycle(JsonElement args, double peak, double initialDivisor, double finalDivisor) => new()
    {
        Peak = peak,
        InitialDivisor = initialDivisor,
        FinalDivisor = finalDivisor,
        Steps = Number(args, "total_steps"),
        WarmUpShare = Number(args, "pct_start"),
        Linear = args.GetProperty("anneal_strategy").GetString() == "linear",
        ThreePhase = args.GetProperty("three_phase").GetBoolean(),
    };

    private static Cyclic Cyclic(JsonElement args, double low, double high) => new()
    {
        Initial = low,
        Peak = high,
        StepsUp = Number(args, "step_size_up"),
        StepsDown = Number(args, "step_size_down"),
    };

    private static string Name(JsonElement golden) => golden.GetProperty("case").GetString()!;

    private static double Number(JsonElement args, string name) => args.GetProperty(name).GetDouble();
}
