namespace OptDsl.Tests.Rules;

/// <summary>
/// What checkpoints know the rules of the library by. A change here makes old checkpoints unreadable: it is right only where a
/// rule computes something else than before, or with a new version of the identity.
/// </summary>
public sealed class RuleIdentityTests
{
    [Fact]
    public void Every_rule_of_the_library_keeps_its_identity()
    {
        var actual = string.Join("\n", DeclaredRule.All.Select(type => $"{type.Name} {((IUpdateRule)Activator.CreateInstance(type)!).Description.Hash}"));
        Assert.Equal(Pinned, actual);
    }

    [Fact]
    public void No_two_rules_have_the_same_identity()
    {
        var hashes = DeclaredRule.All.Select(type => ((IUpdateRule)Activator.CreateInstance(type)!).Description.Hash).ToList();
        Assert.Equal(hashes.Count, hashes.Distinct().Count());
    }

    private const string Pinned = """
        AdEmaMix 1:83eb23aab195d3d3
        AdaBelief 1:8f68fac3a1cfbd6c
        AdaBound 1:717d196616b76c88
        AdaDelta 1:94bdf6dc9a3daf64
        AdaGrad 1:3e4569f5813a32d4
        AdaMax 1:f20ac54565987d55
        AdaMod 1:95def7626bef0488
        Adafactor 1:2ae87dd4a2e912c7
        AdafactorBV 1:c3b77ad4d6ffbd01
        AdafactorTimm 1:e09e9b1fc3c7541c
        Adam 1:8faa1c75034c381b
        AdamW 1:f40061f1c2f83f12
        Adan 1:0266a8916a41b83e
        Adopt 1:7a57f62c99cbd3f7
        AggMo 1:dfaab550182653f7
        Asgd 1:8d649ec160b9a4ef
        AveragedMomentum 1:57df47e5316a0340
        ClassicMomentum 1:516ffd5ab1f60472
        DiffGrad 1:a61d8d8eb2a48286
        LaProp 1:fd3f55a5053b819d
        Lamb 1:b6e4ab6a0c76e107
        Lars 1:14e7ec58c3232fa3
        Lion 1:2e5eb21a4744f333
        Madgrad 1:cecdfffdf059256b
        Mars 1:7bc184865069c685
        MindSporeMomentum 1:c544cbf9ee8057d0
        Momentum 1:8c70bc1367a53b51
        NAdam 1:af86f167816daede
        NAdamW 1:2dd38e821d860411
        NesterovMomentum 1:d895791d9afd22f9
        NovoGrad 1:6a128af67f9388e0
        Prodigy 1:ee28c9b45e874723
        QhAdam 1:cc1ef426e2df1e8c
        Qhm 1:248ecf4db6e85d49
        RAdam 1:4bfabc77d4c7bb69
        RmsProp 1:207cae35ebf1299c
        RmsPropTF 1:a03d1598dff64ee2
        Rprop 1:6ccee65295c2da35
        ScheduleFreeAdamW 1:52eadf5a688230aa
        ScheduleFreeSgd 1:c8d0003485e6122c
        Sgd 1:e501110af08dfbe6
        SgdW 1:3e7277e2b18af7cf
        SignSgd 1:c17ce119f37cd489
        Signum 1:9de84e1fabc148a0
        Yogi 1:1feb6abf52d75580
        """;
}
