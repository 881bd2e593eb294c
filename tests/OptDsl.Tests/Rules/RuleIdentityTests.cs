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
        AdEmaMix 1:4239a0ef89d8d51a
        AdaBelief 1:6f164bbc1ff8fc32
        AdaBound 1:dd9f50a4cd2642ed
        AdaDelta 1:b6ee034540eec677
        AdaGrad 1:1320c5f5a2b7a7e9
        AdaMax 1:007e8743f63f0f0a
        AdaMod 1:55ceea65b37eea18
        Adafactor 1:783db6a9ef07156c
        AdafactorBV 1:390c39c4dda19645
        AdafactorTimm 1:9a6e9688f0f5839f
        Adam 1:42ae537ee1116ed8
        AdamW 1:7d53e0b19488d320
        Adan 1:14083fdcd2f502d3
        Adopt 1:0a9778749b6f3fdd
        AggMo 1:c625e633b30359cc
        Asgd 1:c0b928f36c2ee221
        AveragedMomentum 1:687b34bc3b881dc0
        ClassicMomentum 1:0f2307b896f238b7
        DiffGrad 1:a6bfe80c59fe50d8
        LaProp 1:6ced457fe77b10ad
        Lamb 1:a69d69cb5cc7bb56
        Lars 1:be1b964174508442
        Lion 1:e7e8857cbcf3f256
        Madgrad 1:f1c2a1b623bf93ec
        Mars 1:fe5ad856a312d0f0
        MindSporeMomentum 1:9b61649c3aff015a
        Momentum 1:c877065839077cc2
        NAdam 1:4b906fe3f51cd76d
        NAdamW 1:7a5f635b18c09c3f
        NesterovMomentum 1:4c463183b0c932d6
        NovoGrad 1:a8b0baf4c827e6d8
        Prodigy 1:251e5937cc233f04
        QhAdam 1:51b2dad0a5ffa760
        Qhm 1:ac4630f32c912674
        RAdam 1:346e4245f81df8f7
        RmsProp 1:2dd023aa553a7190
        RmsPropTF 1:e870042b99717eb6
        Rprop 1:a3556ee8d9d6a7c2
        ScheduleFreeAdamW 1:9d20ffa4c8c2dbac
        ScheduleFreeSgd 1:27de7d514c2ac3ef
        Sgd 1:92c91c6c7bb81939
        SgdW 1:c4251ef3afbc1857
        SignSgd 1:c17ce119f37cd489
        Signum 1:914c6b1a1a1b4634
        Yogi 1:cfe97141bb615496
        """;
}
