using OptDsl.Torch.Plans;
using OptDsl.Torch.Tests.Infrastructure;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace OptDsl.Torch.Tests;

public sealed class SixteenBitTests
{
    [TorchTheory]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float16)]
    public void A_master_copy_goes_as_the_same_weights_in_float32_do(ScalarType type)
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(1);
        var start = torch.randn(50).to(type);
        var sixteen = new Parameter(start.clone());
        var full = new Parameter(start.to(ScalarType.Float32));
        var ofSixteen = new[] { ("w", sixteen) }.Optimize(1e-4, rate => new Rules.AdamW { LearningRate = rate });
        var ofFull = new[] { ("w", full) }.Optimize(1e-4, rate => new Rules.AdamW { LearningRate = rate });
        for (var step = 0; step < 40; step++)
        {
            sixteen.grad = torch.randn(50).to(type);
            full.grad = sixteen.grad!.to(ScalarType.Float32);
            ofSixteen.step();
            ofFull.step();
        }

        Assert.Equal(type, sixteen.dtype);
        Close.AssertWithin(1e-5, full, ofSixteen.StateOf("w").Master!, "master copy");
        Close.AssertWithin(0, ofSixteen.StateOf("w").Master!.to(type), sixteen, "weights");
        Assert.Equal(ScalarType.Float32, ofSixteen.State("w", "exp_avg").dtype);
    }

    [TorchTheory]
    [InlineData(SixteenBitWeights.MasterCopy)]
    [InlineData(SixteenBitWeights.StochasticRounding)]
    public void Steps_below_the_spacing_of_the_weights_are_not_lost(SixteenBitWeights how)
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(2);
        var weights = new Parameter(torch.ones(2000, ScalarType.BFloat16));
        var optimizer = new[] { ("w", weights) }.Optimize(1e-4, rate => new Rules.Sgd { LearningRate = rate }, new RuleOptimizerOptions { SixteenBitWeights = how });
        for (var step = 0; step < 1000; step++)
        {
            weights.grad = torch.ones(2000, ScalarType.BFloat16);
            optimizer.step();
        }

        // Half the spacing below 1 is 0.00195: rounded to the nearest, no step of 0.0001 would ever leave 1.
        Assert.Equal(0.9, weights.to(ScalarType.Float64).mean().ToDouble(), 0.002);
    }

    [TorchTheory]
    [InlineData(ScalarType.BFloat16, 1.0)]
    [InlineData(ScalarType.BFloat16, -0.3)]
    [InlineData(ScalarType.BFloat16, 1e-39)]
    [InlineData(ScalarType.BFloat16, 2e38)]
    [InlineData(ScalarType.Float16, 1.0)]
    [InlineData(ScalarType.Float16, -777.7)]
    [InlineData(ScalarType.Float16, 3e-6)]
    public void Rounding_is_to_the_two_neighbours_and_exact_in_the_mean(ScalarType type, double around)
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(3);
        var below = torch.tensor(around).to(type);
        var above = Neighbour(below);
        var (low, high) = (below.ToDouble(), above.ToDouble());
        foreach (var share in (double[])[0.1, 0.5, 0.85])
        {
            var value = (float)(low + (share * (high - low)));
            var rounded = StochasticRounding.Round(torch.full(100_000, value), type).to(ScalarType.Float64);
            Assert.All(Close.Doubles(rounded).Distinct(), one => Assert.True(one == low || one == high, $"{value} became {one}, not {low} or {high}"));
            Assert.Equal(share, (rounded.mean().ToDouble() - low) / (high - low), 0.01);
        }

        Close.AssertWithin(0, torch.full(100, below.ToSingle()), StochasticRounding.Round(torch.full(100, below.ToSingle()), type), "a value of the type");
    }

    [TorchFact]
    public void Rounding_keeps_what_is_not_finite_and_zero()
    {
        using var scope = torch.NewDisposeScope();
        var values = torch.tensor(new[] { float.PositiveInfinity, float.NegativeInfinity, float.NaN, 0f });
        var rounded = Close.Doubles(StochasticRounding.Round(values, ScalarType.BFloat16));
        Assert.Equal([double.PositiveInfinity, double.NegativeInfinity, double.NaN], rounded[..3]);
        Assert.True(Math.Abs(rounded[3]) <= 1e-40, $"{rounded[3]}");
    }

    [TorchFact]
    public void Random_numbers_are_those_of_torch()
    {
        Tensor Run()
        {
            torch.manual_seed(7);
            var weights = new Parameter(torch.ones(100, ScalarType.BFloat16));
            var optimizer = new[] { ("w", weights) }.Optimize(1e-3, rate => new Rules.Sgd { LearningRate = rate }, new RuleOptimizerOptions { SixteenBitWeights = SixteenBitWeights.StochasticRounding });
            weights.grad = torch.ones(100, ScalarType.BFloat16);
            optimizer.step();
            return weights;
        }

        using var scope = torch.NewDisposeScope();
        Close.AssertWithin(0, Run(), Run(), "weights");
    }

    private static Tensor Neighbour(Tensor value)
    {
        // Away from zero by one unit in the last place: 16-bit formats count up in their bits.
        var next = value.clone();
        var bytes = next.bytes;
        System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ushort>(bytes)[0]++;
        return next;
    }
}
