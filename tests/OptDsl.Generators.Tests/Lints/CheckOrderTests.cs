using System.Collections.Immutable;
using OptDsl.Generators.Tests.Formulas;
using OptDsl.Language.Checks;
using OptDsl.Language.Checks.Analysis;

namespace OptDsl.Generators.Tests.Lints;

/// <summary>What checks declare, and that it is so.</summary>
public sealed class CheckOrderTests
{
    /// <summary>Of a rule beside another; no check of one rule alone reports them.</summary>
    private static readonly string[] s_ofTwoRules = [LintIds.Nonconforming, LintIds.Recognised, LintIds.Neighbour];

    private static IEnumerable<string> Ids => typeof(LintIds).GetFields().Select(constant => (string)constant.GetRawConstantValue()!).Except(s_ofTwoRules);

    [Fact]
    public void Each_id_has_one_owner() => Assert.Equal(Ids.Order(), CheckOrder.Rules.SelectMany(check => check.Owns).Order());

    [Fact]
    public void Each_check_is_in_the_catalogue() => Assert.Equal(
        typeof(Check).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Check))).Select(type => type.Name).Order(),
        CheckOrder.Rules.Append(CheckOrder.Schedules).Select(check => check.GetType().Name).Order());

    [Fact]
    public void Each_check_runs_after_those_that_it_needs_however_they_are_listed()
    {
        foreach (var order in new[] { CheckOrder.Rules, CheckOrder.Sort([.. CheckOrder.Rules.Reverse()]) })
        {
            for (var index = 0; index < order.Length; index++)
                Assert.DoesNotContain(order.Skip(index + 1), later => CheckOrder.Needs(order[index], later));
        }
    }

    [Fact]
    public void Checks_that_need_each_other_have_no_order() =>
        Assert.Throws<InvalidOperationException>(() => CheckOrder.Sort([new Egg(), new Hen()]));

    [Fact]
    public void A_check_reports_only_what_it_declares()
    {
        var context = new LintContext(Rule.Model(Rule.Source("W = W - η g", "", "η")), LintOptions.Default, TestContext.Current.CancellationToken);
        Assert.Throws<InvalidOperationException>(() => context.Run(new Undeclared()));
        Assert.Throws<InvalidOperationException>(() => context.Run(new Curious()));
    }

    private sealed class Egg : Check
    {
        public override ImmutableArray<Type> After => [typeof(Hen)];

        public override void Run(LintContext context)
        {
        }
    }

    private sealed class Hen : Check
    {
        public override ImmutableArray<Type> After => [typeof(Egg)];

        public override void Run(LintContext context)
        {
        }
    }

    private sealed class Undeclared : Check
    {
        public override void Run(LintContext context) => context.Report(LintIds.Ascent, new OptDsl.Language.Formulas.TextSpan(0, 1), "this check does not own what it reports");
    }

    private sealed class Curious : Check
    {
        public override void Run(LintContext context) => context.Has(LintIds.Ascent);
    }
}
