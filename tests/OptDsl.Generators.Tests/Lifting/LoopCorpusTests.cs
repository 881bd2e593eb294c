using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using OptDsl.CodeFixes.Loops;
using OptDsl.Generators.Analyzers;
using OptDsl.Generators.Lifting;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Lifting;

/// <summary>The loops that were collected: which are read, what is said of them, and that of others nothing is.</summary>
public sealed class LoopCorpusTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("Optimizers.txt", "Others.txt")]
    [InlineData("MoreOptimizers.txt", "MoreOthers.txt")]
    [InlineData("FreshOptimizers.txt", "FreshOthers.txt")]
    [InlineData("LaterOptimizers.txt", "LaterOthers.txt")]
    [InlineData("FurtherOptimizers.txt", "FurtherOthers.txt")]
    [InlineData("VariedOptimizers.txt", "VariedOthers.txt")]
    public void What_is_said_of_collected_loops(string optimizers, string others)
    {
        var table = Score(optimizers, others);
        output.WriteLine(table.Text);
        Assert.True(table.IsWhole, table.Text);
    }

    [Theory]
    [InlineData("Optimizers.txt")]
    [InlineData("MoreOptimizers.txt")]
    [InlineData("FreshOptimizers.txt")]
    [InlineData("LaterOptimizers.txt")]
    [InlineData("FurtherOptimizers.txt")]
    [InlineData("VariedOptimizers.txt")]
    public async Task What_they_compute_can_be_written_above_as_a_comment(string optimizers)
    {
        foreach (var loop in LabelledLoop.Read(optimizers))
        {
            var code = loop.Marked.File.Text;
            var before = loop.Lift();
            foreach (var step in before.DistinctBy(step => step.Update))
            {
                var caret = (step.Site ?? step.Update).Start;
                var explained = await LoopActions.ApplyAsync(code.Insert(caret, "$$"), LoopRefactoringProvider.Explain);
                var old = code.Split('\n').Select(line => line.Trim()).ToList();
                Assert.Equal(Packed(old), Packed(explained.Split('\n').Where(line => !line.TrimStart().StartsWith("// ", StringComparison.Ordinal) || old.Contains(line.Trim()))));
                // The code is read as before.
                var again = new LabelledLoop(loop.Name, "", explained[explained.IndexOf('\n', StringComparison.Ordinal)..]).Lift();
                Assert.Equal(before.Select(other => other.Source.Formulas), again.Select(other => other.Source.Formulas));
                var comment = explained.Length - code.Length;
                Assert.DoesNotContain(LoopRefactoringProvider.Explain, await LoopActions.TitlesAsync(explained.Insert(caret + comment, "$$")));
            }
        }

        static string Packed(IEnumerable<string> lines) => string.Concat(lines.SelectMany(line => line).Where(letter => !char.IsWhiteSpace(letter)));
    }

    private static Recognition Library { get; } = LoopAnalyzer.Recognition(TestCompilation.Create(new SourceFile("Empty.cs", "")), default)!;

    private static bool IsConverted(LiftedLoop step, SemanticModel model) =>
        !LoopConversion.Plan(step, [], model.SyntaxTree.GetRoot(TestContext.Current.CancellationToken), model, model.SyntaxTree.GetText(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken).Changes.IsEmpty;

    private static (string Text, bool IsWhole) Score(string optimizers, string others)
    {
        var (lifted, roles, wanted, found, alarms, total, converted) = (0, 0, 0, 0, 0, 0, 0);
        var text = new StringBuilder();
        foreach (var loop in LabelledLoop.Read(optimizers))
        {
            total++;
            var marks = loop.Marked.Spans;
            var model = loop.Compile();
            var steps = LabelledLoop.Lift(model);
            var isRead = steps.Count > 0;
            var hasRoles = steps.Any(step => LabelledLoop.HasRoles(step, loop.Roles));
            var problems = steps.SelectMany(step => LoopChecks.Check(step, Library, TestContext.Current.CancellationToken)).DistinctBy(problem => (problem.Id, problem.Span)).ToList();
            var missed = marks.Where(mark => !problems.Any(problem => mark.Id.Split(',').Contains(problem.Id) && problem.Span.IntersectsWith(mark.Span))).ToList();
            var isWhole = missed.Count == 0;
            var extra = problems.Where(problem => !marks.Any(mark => mark.Id.Split(',').Contains(problem.Id) && problem.Span.IntersectsWith(mark.Span))).ToList();
            if (marks.Count > 0 && problems.Count > extra.Count)
                extra.Clear();
            lifted += isRead ? 1 : 0;
            converted += steps.Any(step => IsConverted(step, model)) ? 1 : 0;
            roles += hasRoles ? 1 : 0;
            wanted += marks.Count > 0 ? 1 : 0;
            found += marks.Count > 0 && isWhole ? 1 : 0;
            alarms += extra.Count > 0 ? 1 : 0;
            if (isRead && hasRoles && isWhole && extra.Count == 0)
                continue;
            text.AppendLine(CultureInfo.InvariantCulture, $"{loop.Name}: {(isRead ? "" : "not read ")}{(hasRoles ? "" : "roles ")}{(missed.Count > 0 ? $"missed {string.Join(" ", missed.Select(mark => mark.Id))} " : "")}");
            foreach (var step in steps)
                text.AppendLine(CultureInfo.InvariantCulture, $"    {string.Join(" ", step.Roles.Select(role => $"{role.Kind}:{role.Place?.Name}"))}\n        {step.Source.Formulas.Replace("\n", "\n        ")}");
            foreach (var problem in problems)
                text.AppendLine(CultureInfo.InvariantCulture, $"    {(extra.Contains(problem) ? "FALSE " : "")}{problem.Id} {(problem.IsCertain ? "" : "(suggestion) ")}'{loop.Marked.File.Text.AsSpan(problem.Span.Start, problem.Span.Length)}' {problem.Message}");
        }

        var (silent, quiet) = (0, 0);
        foreach (var loop in LabelledLoop.Read(others))
        {
            silent++;
            var problems = loop.Lift().SelectMany(step => LoopChecks.Check(step, Library, TestContext.Current.CancellationToken)).ToList();
            quiet += problems.Count == 0 ? 1 : 0;
            foreach (var problem in problems)
                text.AppendLine(CultureInfo.InvariantCulture, $"{loop.Name}: FALSE {problem.Id} {problem.Message}");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"read {lifted} of {total}; roles right {roles}; slips found {found} of {wanted}; become rules {converted}; false alarms {alarms} on optimizers, {silent - quiet} of {silent} on other loops");
        return (text.ToString(), lifted == total && roles == total && found == wanted && converted >= total / 4 && alarms == 0 && silent == quiet);
    }
}
