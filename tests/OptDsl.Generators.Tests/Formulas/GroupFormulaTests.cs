using OptDsl.Generators.Tests.Infrastructure;
using OptDsl.Generators.Tests.Kernels;
using OptDsl.Language.Checks;
using OptDsl.Language.Checks.Analysis;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Notation;
using OptDsl.Language.Formulas.Syntax;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Algebra;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Generators.Tests.Formulas;

/// <summary>Functions over all tensors of a group, and states of one value a group: what they mean, and where they do not fit.</summary>
public sealed class GroupFormulaTests(ITestOutputHelper output)
{
    private const string States = "v n:tensor q:group";

    [Theory]
    [InlineData("‖g‖", Cardinality.PerTensor)]
    [InlineData("group(‖g‖)", Cardinality.PerGroup)]
    [InlineData("group((norm1(g)))", Cardinality.PerGroup)]
    [InlineData("group(mean(g·‖W‖))", Cardinality.PerGroup)]
    [InlineData("group(count(W))", Cardinality.PerGroup)]
    [InlineData("η q + t", Cardinality.PerGroup)]
    [InlineData("n + group(rms(g))", Cardinality.PerTensor)]
    [InlineData("group(dot(g, v)) W", Cardinality.PerElement)]
    public void A_value_has_the_shape_of_what_it_depends_on(string expression, object shape)
    {
        var model = Rule.Model(Rule.Source($"x = {expression}; W = W - xηg", States, "η"));
        Assert.Equal((Cardinality)shape, model.Definitions[0].Cardinality);
    }

    [Fact]
    public void Every_function_of_the_whole_tensor_has_its_like_over_the_group()
    {
        var functions = Functions.All.Values.Where(function => function.IsReduction).ToList();
        Assert.Equal(["sum", "dot", "norm", "maxabs", "count", "mean", "var", "std", "norm1", "rms"], functions.Select(function => function.Name));
        foreach (var function in functions)
        {
            var call = $"{function.Name}({(function.Arguments == 2 ? "g, v" : "g")})";
            var (one, all) = (Text($"n = {call}"), Text($"q = group({call})"));
            Assert.Equal(one.Replace("n = ", "q = ", StringComparison.Ordinal), all.Replace("group ", "", StringComparison.Ordinal));
            Assert.NotEqual(one, all);
        }

        static string Text(string formula) => ModelText.Of(Rule.Model(Rule.Source(formula, States)));
    }

    [Theory]
    [InlineData("q = ‖g‖", "OPT106", "‖g‖", "over all of the group it is group(‖g‖)", "q = group(‖g‖)")]
    [InlineData("q += 2mean(g)", "OPT106", "2mean(g)", "group(mean(g))", "q += 2group(mean(g))")]
    [InlineData("u = norm1(v); q = q + u", "OPT106", "q + u", "'norm1(v)' is taken over one tensor", "u = group(norm1(v)); q = q + u")]
    [InlineData("q = q + n", "OPT106", "q + n", "it cannot depend on a state of one value a tensor", null)]
    [InlineData("q = g", "OPT106", "g", "one value a group, and this has one an element", null)]
    [InlineData("n = g", "OPT106", "g", "one value a tensor, and this has one an element", null)]
    [InlineData("q = group(q)", "OPT104", "q", "as in group(norm(g))", null)]
    [InlineData("q = group(‖g‖²)", "OPT104", "‖g‖²", "as in group(‖g‖)", "q = (group(‖g‖)²)")]
    [InlineData("u = ‖g‖; q = group(u)", "OPT104", "u", "no function of the whole tensor", null)]
    [InlineData("q = group(group(‖g‖))", "OPT104", "group(‖g‖)", "no function of the whole tensor", null)]
    [InlineData("q = group(g²)", "OPT104", "g²", "one value an element", "q = group(sum(g²))")]
    [InlineData("q = group(dot(g, g), 1)", "OPT104", "group(dot(g, g), 1)", "group takes 1 argument, not 2", null)]
    [InlineData("q = group(norm(η))", "OPT106", "η", "is a single number", null)]
    public void A_mistake_is_reported_at_its_characters_and_mended(string formulas, string id, string at, string message, string? mended)
    {
        var source = Rule.Source(formulas + "; W = W - ηg", States, "η");
        var error = FormulaCompiler.Compile(source, TestContext.Current.CancellationToken).Errors[0];
        output.WriteLine(Rule.Show(source, error));
        Assert.Equal((id, at), (error.Id, formulas.Substring(error.Span.Start, error.Span.Length)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        var fix = (ReplaceFix?)error.Fixes.SingleOrDefault();
        Assert.Equal(mended, fix is null ? null : formulas.Remove(fix.Span.Start, fix.Span.Length).Insert(fix.Span.Start, fix.NewText));
        if (mended is not null)
            Rule.Model(Rule.Source(mended + "; W = W - ηg", States, "η"));
    }

    [Theory]
    [InlineData("q=W:group", "W", "'q' holds one value a group, and this has one an element")]
    [InlineData("q=group(norm(W)):group", "group(norm(W))", "cannot reduce a tensor")]
    public void An_initial_value_is_the_same_for_all_tensors(string state, string at, string message)
    {
        var error = FormulaCompiler.Compile(Rule.Source("W = W - qg", state), TestContext.Current.CancellationToken).Errors.Single();
        var initial = Rule.State(state).Initial;
        Assert.Equal(("OPT106", at), (error.Id, initial.Substring(error.Span.Start, error.Span.Length)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_a_group_saves_no_memory()
    {
        var source = Rule.Of("q = q + 1; W = W - qg", "q:group", Rule.Flag("p", true)).When("q", "p");
        var error = FormulaCompiler.Compile(source, TestContext.Current.CancellationToken).Errors.Single();
        Assert.Equal("OPT110", error.Id);
        Assert.Contains("'q' holds one value a group", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("q = max(q, group(‖g‖), group(norm1(g)) / group(count(g)))")]
    [InlineData(@"q = q + \operatorname{group}\left(\left\lVert g \right\rVert_\infty\right) / group(rms(v))")]
    public void Either_notation_says_the_same_again(string formulas)
    {
        var model = Rule.Model(Rule.Source(formulas, States));
        foreach (var style in new[] { NotationStyle.Unicode, NotationStyle.Latex })
        {
            var written = string.Join("\n", model.WriteFormulas(style));
            output.WriteLine(written);
            Assert.Equal(ModelText.Of(model), ModelText.Of(Rule.Model(Rule.Source(written, States))));
        }
    }

    [Fact]
    public void A_state_that_nothing_assigns_keeps_its_initial_value()
    {
        foreach (var formulas in new[] { "W = W - g", "W = W - qg" })
        {
            using var code = CompiledCode.Load(RuleCode.Of(Rule.Source(formulas, "q=2:group"), "Rule"));
            var group = new GroupSteps<double>(code.Create("Rule"), [[1], [2, 3]]);
            group.Step([[1], [1, 1]]);
            group.Step([[1], [1, 1]]);
            Assert.Equal((2, 2), (group.Number(0, "q"), group.Number(1, "q")));
        }
    }

    [Fact]
    public void A_schedule_has_no_group() => Assert.Equal(
        "OPT106", FormulaCompiler.Compile(Rule.Schedule("η = group(norm(t))"), TestContext.Current.CancellationToken).Errors.Single().Id);

    [Fact]
    public void The_interpreter_runs_tensors_together()
    {
        var program = RuleProgram.Compile(Rule.Model(Rule.Source(
            "q = q + group(sum(g)); a = group(norm(g)); b = group(maxabs(g)); c = group(count(g)); d = group(mean(g)); n = n + ‖g‖; W = W - q g", "q=1:group n:tensor")));
        var run = new GroupRun(program, [new RuleRun(program, [0.0, 0], []), new RuleRun(program, [0.0], [])]);
        run.Step([[3, 0], [-4]]);
        foreach (var tensor in run.Tensors)
            Assert.Equal([0, 0, 5, 4, 3, -1.0 / 3], new[] { tensor.State(0)[0], tensor.Value(0)[0], tensor.Value(1)[0], tensor.Value(2)[0], tensor.Value(3)[0], tensor.Value(4)[0] });
        Assert.Equal((3, 4), (run.Tensors[0].State(1)[0], run.Tensors[1].State(1)[0]));
        run.Step([[1, 1], [1]]);
        Assert.Equal((3, 3), (run.Tensors[0].State(0)[0], run.Tensors[1].State(0)[0]));
        Assert.Equal([-3], run.Tensors[1].Parameter);
    }

    [Fact]
    public void Factors_of_one_tensor_stay_inside_what_the_group_sums_up()
    {
        Assert.Equal("η² · Dot(g, g)", Total("q = group(sum(η²g²))"));
        Assert.Equal("q · Dot(W, g)", Total("q = group(dot(qW, g))"));
        Assert.Equal("Dot(W, n·g)", Total("q = group(dot(W, ng))"));
        Assert.Equal("Sum(n·g)", Total("q = group(sum(ng))"));

        static string Total(string formula)
        {
            var model = Rule.Model(Rule.Of(formula + "; W = W - ηg", States, Rule.Hyper("η", 0.1)).WithOutputs());
            return Show(Simplifier.Simplify(model, precise: false).ScalarStores.Single().Value);
        }

        static string Show(Node node) => node.Op switch
        {
            Op.Product => string.Join(" · ", node.Operands.Select((operand, i) => Show(operand) + (node.Halves[i] == 4 ? "²" : ""))),
            Op.Multiply => $"{Show(node.Operands[0])}·{Show(node.Operands[1])}",
            Op.Gradient => "g",
            Op.Old or Op.Hyper => node.Symbol!.Name,
            _ => $"{node.Op}({string.Join(", ", node.Operands.Select(Show))})",
        };
    }

    [Theory]
    [InlineData("q = group(sum(g - g + n)); W = W - qg")]
    [InlineData("q = group(dot(g - g + n, W)); W = W - qg")]
    [InlineData("q = group(dot(g - g + n, g - g + 2)); W = W - qg")]
    [InlineData("q = group(maxabs(g - g - n)); W = W - qg")]
    [InlineData("q = group(norm(g - g + n)); W = W - qg")]
    [InlineData("q = group(sum(g - g + 2)); W = W - qg")]
    [InlineData("v = n; q = group(sum(v)); v = v + g; W = W - qv")]
    public void What_is_left_of_a_tensor_is_still_one_value_for_each_of_its_elements(string formulas)
    {
        var source = Rule.Source(formulas + "; n = n + mean(W) + 1", States).WithOutputs();
        foreach (var precise in new[] { false, true })
        {
            using var code = CompiledCode.Load(RuleCode.Of(source, "Rule", precise));
            KernelAgreement.VerifyGroup<double>(source, code.Create("Rule"), [3, 40, 1], steps: 3, seed: 1, rearranged: !precise);
        }
    }

    [Theory]
    [InlineData("‖g‖", "v:tensor")]
    [InlineData("group(‖g‖)", "v:group")]
    public void An_average_over_the_group_is_analysed_like_one_over_a_tensor(string norm, string state)
    {
        var source = Rule.Of(
            $"v = βv + (1-β){norm}²; W = W - ηg/(√v + ε)", state, Rule.Hyper("β", 0.99, 0, 1), Rule.Hyper("η", 0.01, 0), Rule.Hyper("ε", 1e-8, 0));
        var findings = RuleLints.Analyze(Rule.Model(source), LintOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal(["OPT301"], findings.Select(finding => finding.Id));
    }

    [Fact]
    public void One_tensor_and_all_of_the_group_are_different_algorithms()
    {
        string[] hashes =
        [
            Hash("q = q + group(norm(g)); W = W - qg", "q:group"), Hash("q = q + norm(g); W = W - qg", "q:tensor"),
            Hash("q = q + group(norm(g)); W = W - qg", "q:tensor"), Hash("q = q + group(count(g)); W = W - qg", "q:tensor"),
            Hash("q = q + count(g); W = W - qg", "q:tensor"), Hash("q = q + 1; W = W - qg", "q:tensor"), Hash("q = q + 1; W = W - qg", "q:group"), Hash("q = q + 1; W = W - qg", "q"),
        ];
        Assert.Equal(hashes.Length, hashes.Distinct().Count());

        static string Hash(string formulas, string states) => ModelIdentity.Of(Rule.Model(Rule.Source(formulas, states)));
    }
}
