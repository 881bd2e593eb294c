using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using OptDsl.Rules;

namespace OptDsl.Mpi.Worker;

/// <summary>A scenario with an optimizer, of one process or of a rank.</summary>
public sealed class ScenarioRun<T> : IScenarioOptimizer
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly (string Name, int[] Shape)[] s_tensors =
    [
        ("table", [60, 30]), ("weight", [150, 33]), ("scale", [1]), ("bias", [33]), ("long", [5003]), ("square", [16, 16, 4]), ("last", [700]),
    ];

    private readonly Parameter<T>[] _parameters;
    private readonly int _rank;
    private readonly int _ranks;
    private readonly bool _isSum;
    private readonly IUpdateRule<T> _rule;
    private bool _spoils;
    private bool _usesRows;
    private bool _rests;

    /// <param name="scenario">The scenario.</param>
    /// <param name="optimizer">The optimizer, without parameters.</param>
    /// <param name="rank">The rank.</param>
    /// <param name="ranks">The number of ranks.</param>
    /// <param name="isSum">True where gradients are added up.</param>
    public ScenarioRun(Scenario scenario, Optimizer<T> optimizer, int rank = 0, int ranks = 1, bool isSum = false)
    {
        (Scenario, Optimizer, _rank, _ranks, _isSum) = (scenario, optimizer, rank, ranks, isSum);
        _parameters = [.. s_tensors.Select((tensor, index) => NewParameter(index, tensor.Name, tensor.Shape))];
        _rule = (IUpdateRule<T>)scenario.Rule();
        optimizer.MaxDegreeOfParallelism = 2;
        optimizer.Add(_rule, _parameters).Except(parameter => parameter.Name is "bias" or "last", (IUpdateRule<T>)scenario.Rule());
        scenario.Set?.Invoke(this);
    }

    public Scenario Scenario { get; }

    public Optimizer<T> Optimizer { get; }

    public int Calls { get; set; }

    private T[] FirstGradient { get; } = new T[60 * 30];

    /// <summary>Calls Step.</summary>
    public void Run(int calls)
    {
        for (var last = Calls + calls; Calls < last;)
        {
            Calls++;
            Scenario.Between?.Invoke(this, Calls);
            Backward();
            Optimizer.Step();
        }
    }

    /// <summary>A digest of all that the optimizer has, the same on every rank.</summary>
    public string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var parameter in _parameters)
        {
            hash.AppendData(MemoryMarshal.AsBytes<T>(parameter.Value.Span));
            foreach (var (_, state) in Optimizer.States(parameter.Name).OrderBy(state => state.Key, StringComparer.Ordinal))
                hash.AppendData(MemoryMarshal.AsBytes(state.Span));
            foreach (var (_, state) in Optimizer.TensorStates(parameter.Name).OrderBy(state => state.Key, StringComparer.Ordinal))
                hash.AppendData(BitConverter.GetBytes(state));
            foreach (var average in Optimizer.Averages)
                hash.AppendData(MemoryMarshal.AsBytes(average.Of(parameter.Name).Span));
        }

        foreach (var average in Optimizer.Averages.Where(average => average.Updates > 0))
        {
            average.Swap();
            hash.AppendData(MemoryMarshal.AsBytes<T>(_parameters[1].Value.Span));
            average.Swap();
        }

        if (Optimizer.LastStep is { } step)
            hash.AppendData(MemoryMarshal.AsBytes<double>([step.GradientNorm, step.UpdateNorm, step.WeightNorm]));
        hash.AppendData(MemoryMarshal.AsBytes<double>([Optimizer.StepCount, Optimizer.SkippedSteps, Optimizer.PendingAccumulations, Optimizer.LossScaler?.Scale ?? 0]));
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    void IScenarioOptimizer.Clip(GradientClipping clipping) => Optimizer.Clipping = clipping;

    void IScenarioOptimizer.Narrow(Storage storage)
    {
        foreach (var group in Optimizer.Groups)
            group.StoreStates(storage);
    }

    void IScenarioOptimizer.Measure() => Optimizer.MeasuresSteps = true;

    void IScenarioOptimizer.AverageAndLookAhead()
    {
        Optimizer.AddAverage(Averaging.Exponential(0.9), "ema");
        Optimizer.AddAverage(Averaging.Equal() with { From = 2 }, "swa");
        Optimizer.Lookahead = new Lookahead(2);
        Optimizer.Freeze(name => name == "last");
    }

    void IScenarioOptimizer.Freeze(bool frozen)
    {
        if (frozen)
            Optimizer.Freeze(name => name is "weight" or "table");
        else
            Optimizer.Unfreeze(name => true);
    }

    void IScenarioOptimizer.ScaleLoss() => Optimizer.LossScaler = new LossScaler(4, growthInterval: 2);

    void IScenarioOptimizer.Spoil() => _spoils = true;

    void IScenarioOptimizer.Accumulate()
    {
        Optimizer.AccumulationSteps = 2;
        Optimizer.ZeroGradients = true;
    }

    void IScenarioOptimizer.Amsgrad(bool on) => ((AdamW)(object)_rule).Amsgrad = on;

    void IScenarioOptimizer.UseRows() => _usesRows = true;

    void IScenarioOptimizer.Limit()
    {
        foreach (var parameter in _parameters.Take(2))
        {
            parameter.Lower = Enumerable.Repeat(T.CreateChecked(-0.2), parameter.Length).ToArray();
            parameter.Upper = Enumerable.Repeat(T.CreateChecked(0.3), parameter.Length).ToArray();
        }
    }

    void IScenarioOptimizer.RestFirst(bool rests) => _rests = rests;

    /// <summary>Adds to the gradients: on each rank others, whose mean, or sum, is exactly the one that a single process has.</summary>
    private void Backward()
    {
        _parameters[0].Gradient = _rests ? null : FirstGradient;
        for (var index = 0; index < _parameters.Length; index++)
        {
            if (_parameters[index].Gradient.IsEmpty)
                continue;
            var gradient = _parameters[index].Gradient.Span;
            for (var i = 0; i < gradient.Length; i++)
                gradient[i] = (Optimizer.ZeroGradients ? gradient[i] : T.Zero) + Own(Combined(index, i), i);
        }

        if (_spoils && _rank == _ranks - 1)
            _parameters[4].Gradient.Span[777] = T.NaN;
        _spoils = false;
        if (!_usesRows)
            return;

        // What a rank has of a row, it has in two parts.
        var (rows, elements) = (new int[16], new T[16 * 30]);
        for (var k = 0; k < 16; k++)
        {
            rows[k] = ((k % 8 * 7) + Calls) % 60;
            for (var i = 0; i < 30; i++)
                elements[(k * 30) + i] = Own(Combined(0, (k % 8 * 30) + i), i) / T.CreateChecked(2);
        }

        _parameters[0].SetRowGradient(rows, elements);
    }

    /// <summary>Multiples of 1/1024, so that the sums that follow are exact.</summary>
    private T Combined(int tensor, int index) => T.CreateChecked((((((index + 1) * 7919) + (tensor * 104729) + (Calls * 1299709)) % 2048) - 1024) / 1024.0);

    private T Own(T combined, int index)
    {
        var own = T.CreateChecked(((2 * _rank) - (_ranks - 1)) * (1 + (index % 5)) / 64.0) + combined;

        // The last rank has what is left of the sum.
        if (!_isSum)
            return own;
        return _rank == _ranks - 1 ? combined - (T.CreateChecked(_ranks - 1) / T.CreateChecked(4)) : T.CreateChecked(0.25);
    }

    private static Parameter<T> NewParameter(int index, string name, int[] shape)
    {
        var value = new T[shape.Aggregate(1, (product, dimension) => product * dimension)];
        for (var i = 0; i < value.Length; i++)
            value[i] = T.CreateTruncating(Math.Sin((0.739 * i) + index) / 2);
        return new Parameter<T>(name, value, new T[value.Length], shape);
    }
}
