using OptDsl.Generators.Tests.Infrastructure;
using OptDsl.Language.Checks;
using OptDsl.Language.Checks.Analysis;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Notation;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Generators.Tests.Formulas.Printed;

/// <summary>
/// Rules as they are printed, pasted as they are, against a program written by hand. What does not compile must say what to write, and
/// after that be right.
/// </summary>
public sealed class PrintedRulesTests(ITestOutputHelper output)
{
    private static readonly double[] s_start = [1.0, -2.0, 0.5];

    private static readonly double[][] s_gradients = [[0.3, -0.1, 2], [1, 0.2, -0.7], [-0.2, 0.4, 1e-3], [0.5, -0.6, 0.1]];

    public static TheoryData<string> Names => [.. PrintedRules.All.Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_printed_rule_computes_what_it_says_or_says_what_to_write(string name)
    {
        var rule = PrintedRules.All.Single(candidate => candidate.Name == name);
        if (rule.Advice is null)
        {
            AssertRight(rule, rule.Text);
            return;
        }

        Assert.Contains(ErrorsOf(rule), error => error.Message.Contains(rule.Advice, StringComparison.Ordinal));
        if (rule.Mended is not null)
            AssertRight(rule, rule.Mended);
    }

    /// <summary>Written out in either notation, a printed rule reads back as itself.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_printed_rule_is_written_out_and_read_back(string name)
    {
        var rule = PrintedRules.All.Single(candidate => candidate.Name == name);
        if ((rule.Advice is null ? rule.Text : rule.Mended) is not { } text)
            return;
        var model = Rule.Model(rule.Source(text));
        foreach (var style in new[] { NotationStyle.Unicode, NotationStyle.Latex })
        {
            // A layer's index on a name of the step is left out where the name is known without it.
            Assert.Equal(ModelText.Of(model).Replace("^[l]", "", StringComparison.Ordinal), ModelText.Of(Rule.Model(rule.Source(string.Join("\n", model.WriteFormulas(style))))).Replace("^[l]", "", StringComparison.Ordinal));
        }
    }

    public static TheoryData<string> Refused => [.. PrintedRules.All.Where(rule => rule.Advice is not null).Select(rule => rule.Name)];

    /// <summary>Each edit that the messages of a refused text offer, made as it is offered, ends its message there.</summary>
    [Theory]
    [MemberData(nameof(Refused))]
    public void What_a_message_offers_ends_it(string name)
    {
        var rule = PrintedRules.All.Single(candidate => candidate.Name == name);
        var source = rule.Source(rule.Text);
        foreach (var error in ErrorsOf(rule))
        {
            foreach (var fix in error.Fixes)
            {
                var mended = fix switch
                {
                    ReplaceFix replace => source with { Formulas = source.Formulas.Remove(replace.Span.Start, replace.Span.Length).Insert(replace.Span.Start, replace.NewText) },
                    DeclareStateFix state => source with { States = new([.. source.States, Rule.State(state.Symbol)]) },
                    DeclareHyperFix hyper => source with { Hypers = new([.. source.Hypers, Rule.Hyper(hyper.Symbol, 0.5)]) },
                    _ => source,
                };
                if (mended == source)
                    continue;
                var after = FormulaCompiler.Compile(mended, TestContext.Current.CancellationToken).Errors;
                Assert.DoesNotContain(after, other => other.Message == error.Message && other.Span == error.Span);
            }
        }
    }

    /// <summary>The table: what became of each text as it stands.</summary>
    [Fact]
    public void The_table_of_all_printed_rules()
    {
        var rows = PrintedRules.All.Select(rule => (rule.Name, Outcome: OutcomeOf(rule))).ToList();
        foreach (var (name, outcome) in rows)
            output.WriteLine($"{name,-60} {outcome}");
        int Of(string kind) => rows.Count(row => row.Outcome.StartsWith(kind, StringComparison.Ordinal));
        output.WriteLine($"{rows.Count} printed rules: {Of("right")} right as pasted, {Of("refused")} refused with what to write, {Of("WRONG")} wrong");
        Assert.Equal(rows.Count, rows.Select(row => row.Name).Distinct().Count());
        Assert.Equal(0, Of("WRONG"));
        Assert.True(Of("right") >= 0.8 * rows.Count);
    }

    /// <summary>What the texts of the last sets were told at first sight, that they were read wrongly or that they were refused, beside what becomes of them now.</summary>
    [Fact]
    public void The_table_of_messages_before_and_after()
    {
        var lines = File.ReadAllLines(Path.Combine(BuildMetadata.TestsFolder, "Formulas", "Printed", "FirstMessages.txt"));
        foreach (var (name, before) in lines.Where(line => line != "").Select(line => (line.Split('\t')[0], line.Split('\t')[1])))
        {
            var now = OutcomeOf(PrintedRules.All.Single(rule => rule.Name == name));
            output.WriteLine($"{name}\n  before: {before}\n  now:    {now}");
            Assert.False(now.StartsWith("WRONG", StringComparison.Ordinal), name);
        }
    }

    private static string OutcomeOf(PrintedRule rule)
    {
        var source = rule.Source(rule.Text);
        var compiled = FormulaCompiler.Compile(source, TestContext.Current.CancellationToken);
        if (compiled.Model is null || ErrorsOf(rule).Count > 0)
            return "refused: " + string.Join("  ", ErrorsOf(rule).Select(error => Rule.Show(source, error)));
        return rule.Advice is not null ? "WRONG: to be refused" : Difference(rule, rule.Text) is { } difference ? "WRONG: " + difference : "right";
    }

    /// <summary>What the text gets as an error: one that moves nothing is an error of the analysis.</summary>
    private static List<FormulaError> ErrorsOf(PrintedRule rule)
    {
        var compiled = FormulaCompiler.Compile(rule.Source(rule.Text), TestContext.Current.CancellationToken);
        return compiled.Model is not { } model ? [.. compiled.Errors] : model.Final(model.Parameter) is not null ? []
            : [.. RuleLints.Analyze(model, LintOptions.Default, TestContext.Current.CancellationToken).Where(finding => finding.Id == "OPT201").Select(finding => new FormulaError(finding.Id, TextOrigin.Formulas, finding.Span, finding.Message, []))];
    }

    private static void AssertRight(PrintedRule rule, string text) => Assert.Null(Difference(rule, text));

    /// <summary>Where a text computes something else than its program, or null.</summary>
    internal static string? Difference(PrintedRule rule, string text)
    {
        var run = new RuleRun(RuleProgram.Compile(Rule.Model(rule.Source(text))), s_start, rule.Hypers);
        var states = s_start.Select(_ => new double[rule.Source(text).States.Count]).ToArray();
        var parameter = (double[])s_start.Clone();
        for (var t = 1; t <= s_gradients.Length; t++)
        {
            run.Step(s_gradients[t - 1]);
            rule.Whole?.Invoke(states, parameter, s_gradients[t - 1], t, rule.Hypers);
            for (var i = 0; i < parameter.Length; i++)
            {
                parameter[i] = rule.Whole is not null ? parameter[i] : rule.Step(states[i], parameter[i], s_gradients[t - 1][i], t, rule.Hypers);
                if (!(Math.Abs(parameter[i] - run.Parameter[i]) <= 1e-12 * (1 + Math.Abs(parameter[i]))))
                    return $"step {t}, element {i}: {run.Parameter[i]:R} for {parameter[i]:R}";
            }
        }

        return null;
    }
}
