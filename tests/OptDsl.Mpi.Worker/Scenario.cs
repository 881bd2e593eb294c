namespace OptDsl.Mpi.Worker;

/// <summary>A training whose combined gradients are known: with whatever number of ranks it is to compute the same bits.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rule">Makes a rule.</param>
/// <param name="Set">Sets the optimizer up, before parameters are added.</param>
/// <param name="Between">What happens before a call of Step, counted from 1.</param>
public sealed record Scenario(string Name, Func<IUpdateRule> Rule, Action<IScenarioOptimizer>? Set = null, Action<IScenarioOptimizer, int>? Between = null)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        .. typeof(Rules.Sgd).Assembly.GetExportedTypes()
            .Where(type => type.Namespace == "OptDsl.Rules" && type.IsAssignableTo(typeof(IUpdateRule)) && !type.IsAbstract)
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => new Scenario(type.Name, () => (IUpdateRule)Activator.CreateInstance(type)!)),
        new("clipping by the global norm", () => new Rules.AdamW(), o => o.Clip(GradientClipping.ByGlobalNorm(0.5))),
        new("clipping by each tensor's norm", () => new Rules.AdamW(), o => o.Clip(GradientClipping.ByTensorNorm(0.5))),
        new("clipping by the largest", () => new Rules.AdamW(), o => o.Clip(GradientClipping.ByGlobalNorm(0.5, GradientNorm.Largest))),
        new("clipping of values", () => new Rules.Lion(), o => o.Clip(GradientClipping.ByValue(0.1))),
        new("adaptive clipping", () => new Rules.Lamb(), o => o.Clip(GradientClipping.Adaptive())),
        new("adaptive clipping from the third step", () => new Rules.AdamW(), Between: (o, call) =>
        {
            if (call == 3)
                o.Clip(GradientClipping.Adaptive());
        }),
        new("a measured step", () => new Rules.Lamb(), o => o.Measure()),
        new("a measured step with adaptive clipping", () => new Rules.AdamW(), o => { o.Measure(); o.Clip(GradientClipping.Adaptive()); }),
        new("averages and lookahead", () => new Rules.AdamW { WeightDecay = 0.1 }, o => o.AverageAndLookAhead()),
        new("freezing", () => new Rules.Lamb(), o => o.Freeze(true), (o, call) =>
        {
            if (call is 3 or 5)
                o.Freeze(call == 5);
        }),
        new("a loss scale and a gradient that is not finite", () => new Rules.AdamW(), o => o.ScaleLoss(), (o, call) =>
        {
            if (call == 3)
                o.Spoil();
        }),
        new("accumulation", () => new Rules.AdamW(), o => o.Accumulate()),
        new("an option in mid-run", () => new Rules.AdamW(), Between: (o, call) =>
        {
            if (call is 3 or 5)
                o.Amsgrad(call == 3);
        }),
        new("rows", () => new Rules.AdamW(), o => o.UseRows()),
        new("rows after whole gradients", () => new Rules.AdamW(), Between: (o, call) =>
        {
            if (call == 3)
                o.UseRows();
        }),
        new("limits", () => new Rules.Sgd { LearningRate = 0.5 }, o => o.Limit()),
        new("moments in bfloat16", () => new Rules.AdamW { WeightDecay = 0.1 }, o => o.Narrow(Storage.BFloat16)),
        new("moments in bfloat16 of a rule with norms", () => new Rules.Lamb(), o => o.Narrow(Storage.BFloat16)),
        new("moments in bfloat16 that move between ranks", () => new Rules.AdamW(), o => o.Narrow(Storage.BFloat16), (o, call) =>
        {
            if (call == 3)
                o.Clip(GradientClipping.Adaptive());
        }),
        new("moments that become narrower and wider in mid-run", () => new Rules.AdamW(), Between: (o, call) =>
        {
            if (call is 3 or 5)
                o.Narrow(call == 3 ? Storage.BFloat16 : Storage.Element);
        }),
        new("moments in blocks of 8 bits", () => new Rules.AdamW { WeightDecay = 0.1 }, o => o.Narrow(Storage.Block8)),
        new("moments in blocks of 8 bits of a rule with norms", () => new Rules.Lamb(), o => o.Narrow(Storage.Block8)),
        new("moments in blocks of 8 bits, of rows", () => new Rules.SgdW { LearningRate = 0.1, Momentum = 0.9 }, o =>
        {
            o.UseRows();
            o.Narrow(Storage.Block8);
        }),
        new("moments in blocks of 8 bits that move between ranks", () => new Rules.AdamW(), o => o.Narrow(Storage.Block8), (o, call) =>
        {
            if (call == 3)
                o.Clip(GradientClipping.Adaptive());
        }),
        new("moments that become blocks and elements in mid-run", () => new Rules.AdamW(), Between: (o, call) =>
        {
            if (call is 3 or 5)
                o.Narrow(call == 3 ? Storage.Block8 : Storage.Element);
        }),
        new("a gradient that comes and goes", () => new Rules.AdamW(), Between: (o, call) => o.RestFirst(call is 2 or 3)),
    ];
}

/// <summary>What scenarios do to an optimizer, of whatever element type.</summary>
public interface IScenarioOptimizer
{
    void Clip(GradientClipping clipping);

    void Measure();

    void AverageAndLookAhead();

    void Freeze(bool frozen);

    void ScaleLoss();

    void Spoil();

    void Accumulate();

    void Amsgrad(bool on);

    void UseRows();

    void Limit();

    void RestFirst(bool rests);

    void Narrow(Storage storage);
}
