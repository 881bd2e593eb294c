namespace OptDsl.Rules;

/// <summary>What is proven of the rules of this folder; made and held by FinitenessTests, from the formulas.</summary>
internal static class ProvenRanges
{
    private static readonly Dictionary<string, FiniteRange[]> s_ranges = new()
    {
        // AdEmaMix
        ["1:83eb23aab195d3d3"] =
        [
            new("float", 1e15, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // AdaBelief
        ["1:8f68fac3a1cfbd6c"] =
        [
            new("float", 1e18, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // AdaBound
        ["1:717d196616b76c88"] =
        [
            new("float", 1e18, 1e4, null, 1_000_000),
            new("double", 1e18, 1e4, null, 1_000_000),
        ],
        // AdaGrad
        ["1:3e4569f5813a32d4"] =
        [
            new("float", 1e15, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // AdaMax
        ["1:f20ac54565987d55"] =
        [
            new("float", 1e18, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // AdaMod
        ["1:95def7626bef0488"] =
        [
            new("float", 1e15, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // AdafactorBV
        ["1:c3b77ad4d6ffbd01"] =
        [
            new("float", 1e15, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // AdafactorTimm
        ["1:e09e9b1fc3c7541c"] =
        [
            new("float", 1e15, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // Adam
        ["1:8faa1c75034c381b"] =
        [
            new("float", 1e15, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // AdamW
        ["1:f40061f1c2f83f12"] =
        [
            new("float", 1e15, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // Adan
        ["1:0266a8916a41b83e"] =
        [
            new("float", 1e15, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // Adopt
        ["1:7a57f62c99cbd3f7"] =
        [
            new("float", 1e18, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // AggMo
        ["1:dfaab550182653f7"] =
        [
            new("float", 1e18, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // Asgd
        ["1:8d649ec160b9a4ef"] =
        [
            new("float", 1e18, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // AveragedMomentum
        ["1:57df47e5316a0340"] =
        [
            new("float", 1e18, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // ClassicMomentum
        ["1:516ffd5ab1f60472"] =
        [
            new("float", 1e18, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // DiffGrad
        ["1:a61d8d8eb2a48286"] =
        [
            new("float", 1e18, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // LaProp
        ["1:fd3f55a5053b819d"] =
        [
            new("float", 1e15, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // Lars
        ["1:14e7ec58c3232fa3"] =
        [
            new("float", 1e18, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // Lion
        ["1:2e5eb21a4744f333"] =
        [
            new("float", 1e18, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // Madgrad
        ["1:cecdfffdf059256b"] =
        [
            new("float", 1e12, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // Mars
        ["1:7bc184865069c685"] =
        [
            new("float", 1e18, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // MindSporeMomentum
        ["1:c544cbf9ee8057d0"] =
        [
            new("float", 1e18, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // Momentum
        ["1:8c70bc1367a53b51"] =
        [
            new("float", 1e18, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // NAdam
        ["1:af86f167816daede"] =
        [
            new("float", 1e15, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // NAdamW
        ["1:2dd38e821d860411"] =
        [
            new("float", 1e15, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // NesterovMomentum
        ["1:d895791d9afd22f9"] =
        [
            new("float", 1e18, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // NovoGrad
        ["1:6a128af67f9388e0"] =
        [
            new("float", 1e12, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // QhAdam
        ["1:cc1ef426e2df1e8c"] =
        [
            new("float", 1e15, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // Qhm
        ["1:248ecf4db6e85d49"] =
        [
            new("float", 1e18, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // RAdam
        ["1:4bfabc77d4c7bb69"] =
        [
            new("float", 1e18, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // RmsProp
        ["1:207cae35ebf1299c"] =
        [
            new("float", 1e18, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // RmsPropTF
        ["1:a03d1598dff64ee2"] =
        [
            new("float", 1e18, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // Rprop
        ["1:6ccee65295c2da35"] =
        [
            new("float", 1e18, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // ScheduleFreeAdamW
        ["1:52eadf5a688230aa"] =
        [
            new("float", 1e18, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // ScheduleFreeSgd
        ["1:c8d0003485e6122c"] =
        [
            new("float", 1e18, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // Sgd
        ["1:e501110af08dfbe6"] =
        [
            new("float", 1e18, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // SgdW
        ["1:3e7277e2b18af7cf"] =
        [
            new("float", 1e18, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // SignSgd
        ["1:c17ce119f37cd489"] =
        [
            new("float", 1e18, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // Signum
        ["1:9de84e1fabc148a0"] =
        [
            new("float", 1e18, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
        // Yogi
        ["1:1feb6abf52d75580"] =
        [
            new("float", 1e15, 1e4, 1, 1_000_000),
            new("double", 1e18, 1e4, 1, 1_000_000),
        ],
    };

    /// <summary>By the identity of an algorithm.</summary>
    public static IReadOnlyList<FiniteRange> Of(string hash) => s_ranges.GetValueOrDefault(hash, []);
}
