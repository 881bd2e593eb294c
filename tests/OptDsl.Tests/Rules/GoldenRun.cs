using System.Numerics;
using System.Reflection;
using System.Text.Json;
using OptDsl.Tests.Golden;

namespace OptDsl.Tests.Rules;

/// <summary>Steps the tensors of a golden case that have a claim, and measures how far weights and states are from the oracle's.</summary>
internal static class GoldenRun
{
    /// <summary>The differences of every claimed tensor.</summary>
    /// <param name="golden">The case.</param>
    /// <param name="runnable">Makes the rule that is run from the declared one: itself, or its interpretation.</param>
    public static IReadOnlyList<GoldenDifference> Of<T>(GoldenCase golden, Func<object, IUpdateRule<T>> runnable)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var optimizer = new Optimizer<T> { MaxDegreeOfParallelism = 1, Lookahead = LookaheadOf(golden) };
        var parts = new List<(GoldenClaim Claim, GoldenTensor Tensor, Parameter<T> Parameter)>();
        foreach (var tensor in golden.Tensors)
        {
            if (GoldenClaims.Of(golden, tensor) is not { } claim)
                continue;
            var parameter = new Parameter<T>($"tensor{parts.Count}", Convert<T>(tensor.Start), new T[tensor.Start.Length], tensor.Shape);
            optimizer.Add(runnable(claim.Create(GoldenClaims.OptionsOf(golden, tensor))), parameter);
            parts.Add((claim, tensor, parameter));
        }

        var differences = parts.Select(part => new GoldenDifference(part.Claim, part.Tensor)).ToArray();
        for (var step = 1; step <= golden.Steps; step++)
        {
            var scale = GlobalClip(golden, step);
            foreach (var (_, tensor, parameter) in parts)
                Convert<T>([.. tensor.Gradients[step - 1].Select(value => value * scale)]).CopyTo(parameter.Gradient);
            optimizer.Step();
            var row = Array.IndexOf(golden.StepsStored, step);
            for (var i = 0; i < parts.Count && row >= 0; i++)
                differences[i].AddWeights(row, Convert(parts[i].Parameter.Value.Span));
        }

        for (var i = 0; i < parts.Count; i++)
            AddStates(optimizer, differences[i], parts[i].Parameter.Name, golden);
        return differences;
    }

    private static void AddStates<T>(Optimizer<T> optimizer, GoldenDifference difference, string parameter, GoldenCase golden)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var options = GoldenClaims.OptionsOf(golden, difference.Tensor);
        foreach (var name in difference.Tensor.FinalStateNames)
        {
            if (name == "step")
                Assert.Equal(golden.Steps, optimizer.StepsOf(parameter));
            else if (difference.Claim.Symbol(name, options) is { } symbol)
                difference.AddState(name, StateOf(optimizer, difference.Claim.Rule, parameter, symbol));
        }
    }

    private static double[] StateOf<T>(Optimizer<T> optimizer, Type rule, string parameter, string symbol)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var state = rule.GetCustomAttributes<StateAttribute>().Single(state => state.Symbol == symbol);
        return state.Per != Per.Element ? [optimizer.TensorState(parameter, symbol)] : Convert(optimizer.State(parameter, symbol).Span);
    }

    /// <summary>LAMB's clipping by the norm of all gradients, whose formula is not that of the optimizer's clipping.</summary>
    private static double GlobalClip(GoldenCase golden, int step)
    {
        if (!golden.Hyper.TryGetProperty("max_grad_norm", out var limit) || limit.ValueKind == JsonValueKind.Null)
            return 1;
        var norm = Math.Sqrt(golden.Tensors.Sum(tensor => tensor.Gradients[step - 1].Sum(value => value * value)));
        return 1 / Math.Max(1, norm / limit.GetDouble());
    }

    private static Lookahead? LookaheadOf(GoldenCase golden) => golden.Hyper.TryGetProperty("lookahead_k", out var every)
        ? new Lookahead(every.GetInt32(), golden.HyperValue("lookahead_alpha")) { StartsAtFirstSync = true }
        : null;

    private static T[] Convert<T>(double[] values)
        where T : unmanaged, IFloatingPointIeee754<T> => [.. values.Select(T.CreateTruncating)];

    private static double[] Convert<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var result = new double[values.Length];
        for (var i = 0; i < result.Length; i++)
            result[i] = double.CreateTruncating(values[i]);
        return result;
    }
}

/// <summary>How far one tensor is from the oracle's, in the measure of the golden files' README.</summary>
internal sealed class GoldenDifference(GoldenClaim claim, GoldenTensor tensor)
{
    private readonly double[] _largest = [.. tensor.Start.Select(Math.Abs)];

    public GoldenClaim Claim { get; } = claim;

    public GoldenTensor Tensor { get; } = tensor;

    /// <summary>The largest relative difference of a weight.</summary>
    public double Weights { get; private set; }

    /// <summary>The largest relative difference of an entry of a final state.</summary>
    public double States { get; private set; }

    /// <summary>Where the largest differences are, for a failure's message.</summary>
    public string Where { get; private set; } = "";

    public double Worst => Math.Max(Weights, States);

    public void AddWeights(int row, double[] actual)
    {
        for (var i = 0; i < actual.Length; i++)
        {
            var expected = Tensor.Weights[row][i];
            _largest[i] = Math.Max(_largest[i], Math.Abs(expected));
            var difference = Relative(actual[i] - expected, _largest[i]);
            if (difference > Weights)
                Where = $"weight {i} in row {row}: {actual[i]:R} for {expected:R}";
            Weights = Math.Max(Weights, difference);
        }
    }

    public void AddState(string name, double[] actual)
    {
        var expected = Tensor.FinalState(name);
        Assert.Equal(expected.Length, actual.Length);
        var floor = 1e-4 * expected.Max(Math.Abs);
        for (var i = 0; i < actual.Length; i++)
        {
            var difference = Relative(actual[i] - expected[i], Math.Max(Math.Abs(expected[i]), floor));
            if (difference > States)
                Where += $"; {name}[{i}]: {actual[i]:R} for {expected[i]:R}";
            States = Math.Max(States, difference);
        }
    }

    private static double Relative(double difference, double scale) =>
        difference == 0 ? 0 : double.IsFinite(difference) ? Math.Abs(difference) / scale : double.PositiveInfinity;
}
