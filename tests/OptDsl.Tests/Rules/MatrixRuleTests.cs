using System.Numerics;
using System.Reflection;
using OptDsl.Tests.Golden;

namespace OptDsl.Tests.Rules;

/// <summary>The rules of matrices against the recorded trajectories: kernels, stepped by the optimizer, in both element types.</summary>
public sealed class MatrixRuleTests(ITestOutputHelper output)
{
    /// <summary>The recorded cases, each of which one claim or more belongs to.</summary>
    public static TheoryData<string> Cases => [.. MatrixTexts.Cases.Append("torch_muon_bf16").Where(name => Parts(GoldenCase.Load(name)).Any())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Kernels_agree_with_the_recorded_case(string name)
    {
        var golden = GoldenCase.Load(name);
        foreach (var (claim, tensor) in Parts(golden))
        {
            var difference = golden.IsDouble ? Run<double>(golden, claim, tensor) : Run<float>(golden, claim, tensor);

            // The oracle rounds to bfloat16 in between.
            var (weights, states) = name.EndsWith("bf16", StringComparison.Ordinal) ? (RoundedSteps(golden, tensor), 1e-4) : golden.IsDouble ? (1e-11, 1e-9) : (1e-5, 1e-3);
            output.WriteLine($"{claim} [{string.Join(" × ", tensor.Shape)}]: weights {difference.Weights:E1} of {weights:E1}, states {difference.States:E1}");
            Assert.True(difference.Weights <= weights && difference.States <= states, $"{claim}: weights {difference.Weights:E1}, states {difference.States:E1}. {difference.Where}");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Kernels_in_float_follow_the_case_recorded_in_double(string name)
    {
        var golden = GoldenCase.Load(name);
        if (!golden.IsDouble)
            return;
        foreach (var (claim, tensor) in Parts(golden))
        {
            var difference = Run<float>(golden, claim, tensor);
            Assert.True(difference.Weights <= 5e-5, $"{claim}: {difference.Weights:E1}. {difference.Where}");
        }
    }

    [Fact]
    public void Every_rule_of_matrices_has_a_recorded_trajectory_or_an_algorithm() => Assert.Equal(
        DeclaredRule.OfMatrices,
        GoldenClaims.OfMatrices.Select(claim => claim.Rule).Concat(MatrixPaperTests.Covered).Where(DeclaredRule.OfMatrices.Contains).Distinct().OrderBy(rule => rule.Name, StringComparer.Ordinal));

    [Fact]
    public void An_option_without_a_counterpart_is_refused()
    {
        var golden = GoldenCase.Load("eo_muon_cans");
        var options = GoldenClaims.OptionsOf(golden, golden.Tensors[0]);
        var changed = System.Text.Json.Nodes.JsonNode.Parse(options.Hyper.GetRawText())!.AsObject();
        changed["coefficient_type"] = "unheard of";
        changed["spare"] = 1;
        var claim = GoldenClaims.OfMatrices.Single(claim => claim.GoldenRule == "EOMuon");
        using var document = System.Text.Json.JsonDocument.Parse(changed.ToJsonString());
        Assert.Throws<InvalidOperationException>(() => claim.Create(options with { Hyper = document.RootElement }));
    }

    [Fact]
    public void Every_rule_of_matrices_keeps_its_identity()
    {
        var actual = string.Join("\n", DeclaredRule.OfMatrices.Select(type => $"{type.Name} {((IUpdateRule)Activator.CreateInstance(type)!).Description.Hash}"));
        Assert.Equal(Pinned, actual);
    }

    [Fact]
    public void The_readme_lists_the_rules_of_matrices()
    {
        var readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Rules", "README.md"));
        Assert.All(DeclaredRule.OfMatrices, rule => Assert.Contains($"| [{rule.Name}](Matrices/{rule.Name}.cs) |", readme, StringComparison.Ordinal));
    }

    /// <summary>
    /// What rounding to bfloat16 inside of Newton–Schulz changes weights by, measured as the difference is against the largest size of each. The format has
    /// 8 significant bits, so that a rounding changes an element by at most 2⁻⁹ of it, evenly spread: with a deviation of 2⁻⁹/√3. A step
    /// X := aX + (bA + cA²)X rounds five times (A, A², B, BX and the sum), n of them 5n times, T updates 5nT times, and errors of either sign add up as the
    /// root of their number. Three deviations, in updates of size η times the scaling s: √3 η s 2⁻⁹ √(5nT).
    /// </summary>
    private static double RoundedSteps(GoldenCase golden, GoldenTensor tensor)
    {
        var update = golden.HyperValue("lr") * Math.Sqrt(Math.Max(1, tensor.Shape[0] / (double)tensor.Shape[^1]));
        var smallest = Enumerable.Range(0, tensor.Start.Length).Min(i => tensor.Weights.Select(weights => Math.Abs(weights[i])).Append(Math.Abs(tensor.Start[i])).Max());
        return update * Math.Pow(2, -9) * Math.Sqrt(3 * 5 * golden.HyperValue("ns_steps") * golden.Steps) / smallest;
    }

    private static IEnumerable<(GoldenClaim Claim, GoldenTensor Tensor)> Parts(GoldenCase golden) =>
        from tensor in golden.Tensors
        let claim = GoldenClaims.OfMatrices.FirstOrDefault(claim => claim.Accepts(golden.Rule, GoldenClaims.OptionsOf(golden, tensor)) && claim.Takes(golden, tensor))
        where claim is not null && DeclaredRule.OfMatrices.Contains(claim.Rule)
        select (claim, tensor);

    private static GoldenDifference Run<T>(GoldenCase golden, GoldenClaim claim, GoldenTensor tensor)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var options = GoldenClaims.OptionsOf(golden, tensor);
        var optimizer = new Optimizer<T> { MaxDegreeOfParallelism = 2 };
        T[] weights = [.. tensor.Start.Select(T.CreateTruncating)];
        var gradient = new T[weights.Length];
        optimizer.Add((IUpdateRule<T>)claim.Create(options), new Parameter<T>("w", weights, gradient, tensor.Shape));
        var difference = new GoldenDifference(claim, tensor);
        for (var step = 1; step <= golden.Steps; step++)
        {
            for (var i = 0; i < gradient.Length; i++)
                gradient[i] = T.CreateTruncating(tensor.Gradients[step - 1][i]);
            optimizer.Step();
            if (Array.IndexOf(golden.StepsStored, step) is >= 0 and var row)
                difference.AddWeights(row, Doubles(weights));
        }

        foreach (var name in tensor.FinalStateNames.Where(name => name != "step"))
        {
            if (claim.Symbol(name, options) is { } symbol)
            {
                var state = claim.Rule.GetCustomAttributes<StateAttribute>().Single(state => state.Symbol == symbol);
                difference.AddState(name, state.Per is Per.Tensor or Per.Group ? [optimizer.TensorState("w", symbol)] : Doubles(optimizer.State("w", symbol).ToArray()));
            }
        }

        return difference;
    }

    private static double[] Doubles<T>(T[] values)
        where T : unmanaged, IFloatingPointIeee754<T> => [.. values.Select(double.CreateTruncating)];

    private const string Pinned = """
        AdaMuon 1:d2948d30679d4c67
        AdamP 1:e166d6f06b6f16c2
        AdaptiveMuon 1:23fc930d7cd37963
        Came 1:1b7fbb682f5e9b3a
        FactoredAdafactor 1:d5ddb9b31b4ba491
        FactoredAdafactorBV 1:11be45e6c33acb74
        FactoredAdafactorTimm 1:9df2a03b1dc24be5
        Muon 1:979171408417f21e
        NorMuon 1:9da804cc01b27eac
        Racs 1:6866cdc41c067e33
        RowNorm 1:7ecdb6c59bd9f87a
        ScalableShampoo 1:78203c55a6136441
        Shampoo 1:8c7a81bd146a344c
        Sm3 1:f855f86c6f9d2b05
        Soap 1:87b80887ce8bf2d8
        """;
}
