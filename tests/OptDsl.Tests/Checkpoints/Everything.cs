using System.Numerics;
using OptDsl.Tests.Runtime;
using OptDsl.Tests.TestRules;

namespace OptDsl.Tests.Checkpoints;

/// <summary>An optimizer with every kind of state that a checkpoint has to hold.</summary>
internal sealed class Everything<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Model<T> _model;

    public Everything(int seedOfWeights = 1)
    {
        _model = new Model<T>(seedOfWeights, ("body.weight", [40, 50]), ("body.bias", [50]), ("head.weight", [50, 3]), ("late", [7]));
        Optimizer = new Optimizer<T>
        {
            AccumulationSteps = 2,
            ZeroGradients = true,
            Lookahead = new Lookahead(2) { StartsAtFirstSync = seedOfWeights % 2 == 0 },
            LossScaler = new LossScaler(64, growthInterval: 2),
            Clipping = GradientClipping.ByGlobalNorm(1),
            NonFiniteGradients = NonFinitePolicy.Skip,
        };
        Optimizer.Add((IUpdateRule<T>)(object)new TestTrustRatio(), _model.Parameters[..2]);
        Optimizer.Add((IUpdateRule<T>)(object)new TestMomentum { WeightDecay = 0.01 }, _model.Parameters[2..]);
        Ema = Optimizer.AddAverage(Averaging.Exponential(0.9), "ema");
        Swa = Optimizer.AddAverage(Averaging.Equal() with { From = 2 }, "swa");
        Optimizer.Freeze(name => name is "late" or "body.bias");
    }

    public Optimizer<T> Optimizer { get; }

    public WeightAverage<T> Ema { get; }

    public WeightAverage<T> Swa { get; }

    /// <summary>The number of calls of Step, skipped and accumulated ones included.</summary>
    public int Calls { get; set; }

    /// <summary>Calls Step; gradients, freezing and a gradient that is not finite depend on the number of the call alone.</summary>
    public void Run(int calls)
    {
        for (var last = Calls + calls; Calls < last; Calls++)
        {
            // The backward pass adds; its gradients do not depend on the seed of the weights.
            var gradients = new Model<T>(1, _model.Parameters.Select(parameter => parameter.Length));
            gradients.Backward(Calls + 1);
            for (var i = 0; i < _model.Parameters.Length; i++)
            {
                var (from, to) = (gradients.Parameters[i].Gradient, _model.Parameters[i].Gradient);
                for (var j = 0; j < to.Length; j++)
                    to.Span[j] += from.Span[j];
            }

            if (Calls == 5)
                _model.Parameters[0].Gradient.Span[11] = T.NaN;
            if (Calls == 6)
                Optimizer.Unfreeze(name => name == "late");
            Optimizer.Step();
        }
    }

    /// <summary>A fingerprint of everything.</summary>
    public ulong Digest()
    {
        var digest = new Digest();
        digest.Add<long>([Optimizer.StepCount, Optimizer.SkippedSteps, Optimizer.PendingAccumulations, Ema.Updates, Swa.Updates, Optimizer.LossScaler!.FiniteSteps]);
        digest.Add<double>([Optimizer.LossScaler!.Scale]);
        foreach (var parameter in Optimizer.Parameters)
        {
            digest.Add<T>(parameter.Value.Span);
            if (Optimizer.PendingAccumulations > 0)
                digest.Add<T>(parameter.Gradient.Span);
            digest.Add<long>([Optimizer.StepsOf(parameter.Name), Optimizer.IsFrozen(parameter.Name) ? 1 : 0]);
            foreach (var symbol in (string[])["m", "s", "v"])
            {
                if (HasState(parameter.Name, symbol))
                    digest.Add(Optimizer.State(parameter.Name, symbol).Span);
            }

            if (parameter.Name.StartsWith("body", StringComparison.Ordinal))
                digest.Add<double>([Optimizer.TensorState(parameter.Name, "s")]);
            digest.Add(Ema.Of(parameter.Name).Span);
            digest.Add(Swa.Of(parameter.Name).Span);
        }

        return digest.Value;
    }

    private static bool HasState(string parameter, string symbol) =>
        symbol == (parameter.StartsWith("body", StringComparison.Ordinal) ? "m" : "v");
}
