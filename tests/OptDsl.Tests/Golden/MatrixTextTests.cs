using System.Text.Json;
using OptDsl.Language.Checks;
using OptDsl.Language.Checks.Analysis;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Notation;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Tests.Golden;

/// <summary>The rules of matrices of the golden cases, read from their texts and run by the interpreter.</summary>
public sealed class MatrixTextTests
{
    public static TheoryData<string> Cases => [.. MatrixTexts.Cases];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_text_computes_what_the_oracle_did(string name)
    {
        var golden = GoldenCase.Load(name);
        var text = MatrixTexts.Of(golden);
        var program = RuleProgram.Compile(text.Compile());
        var (compared, worst) = (0, 0.0);
        foreach (var tensor in golden.Tensors.Where(tensor => tensor.Shape.Length >= text.LowestRank && tensor.Shape.Length <= text.HighestRank))
        {
            var hyper = Merge(golden.Hyper, tensor.HyperOverride);
            var run = new RuleRun(program, tensor.Start, [.. text.Hypers.Values.Select(value => value(hyper))], shape: Language.Formulas.TensorShape.Of(tensor.Shape));
            var scale = tensor.Start.Select(Math.Abs).ToArray();
            for (var step = 1; step <= golden.Steps; step++)
            {
                run.Step(tensor.Gradients[step - 1]);
                for (var i = 0; i < scale.Length; i++)
                    scale[i] = Math.Max(scale[i], Math.Abs(run.Parameter[i]));
                if (Array.IndexOf(golden.StepsStored, step) is not (>= 0 and var row))
                    continue;
                worst = Math.Max(worst, run.Parameter.Select((value, i) => Math.Abs(value - tensor.Weights[row][i]) / scale[i]).Max());
                compared++;
            }
        }

        Assert.True(compared > 0);
        Assert.True(worst <= (golden.IsDouble ? 1e-11 : 1e-5), $"{name}: {worst:e2}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{worst:e2}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_text_is_not_accused(string name)
    {
        var golden = GoldenCase.Load(name);
        var text = MatrixTexts.Of(golden);
        var hyper = Merge(golden.Hyper, golden.Tensors[0].HyperOverride);
        var findings = RuleLints.Analyze(text.Compile(symbol => text.Hypers[symbol](hyper)), LintOptions.Default, TestContext.Current.CancellationToken);
        Assert.All(
            findings.Where(finding => !LintIds.IsNote(finding.Id) && finding.Id != LintIds.UnusedHyper),
            finding => Assert.Fail($"{finding.Id} «{text.Formulas.Substring(finding.Span.Start, finding.Span.Length)}» {finding.Message}"));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_text_written_out_is_the_same_rule(string name)
    {
        var text = MatrixTexts.Of(GoldenCase.Load(name));
        var model = text.Compile();
        foreach (var style in new[] { NotationStyle.Unicode, NotationStyle.Latex })
        {
            var written = string.Join("\n", model.WriteFormulas(style));
            Assert.Equal(ModelIdentity.Of(model), ModelIdentity.Of((text with { Formulas = written }).Compile()));
        }
    }

    private static JsonElement Merge(JsonElement hyper, JsonElement? over)
    {
        var values = hyper.EnumerateObject().ToDictionary(property => property.Name, property => property.Value);
        foreach (var property in over?.EnumerateObject().ToArray() ?? [])
            values[property.Name] = property.Value;
        return JsonSerializer.SerializeToElement(values);
    }
}
