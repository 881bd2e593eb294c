using OptDsl.Generators.Tests.Infrastructure;
using OptDsl.Language.Checks;
using OptDsl.Language.Checks.Analysis;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Generators.Tests.Lints;

internal sealed partial record LabelledRule
{
    public static LabelledRule[] Corpus() => ReadJson(Path.Combine(BuildMetadata.TestsFolder, "Corpus", "corpus.json"));

    /// <summary>The rules of a text file of this folder.</summary>
    public static LabelledRule[] FromFile(string name) => Read(Path.Combine(BuildMetadata.TestsFolder, "Lints", name));

    public RuleModel Compile()
    {
        var compiled = FormulaCompiler.Compile(Source, TestContext.Current.CancellationToken);
        Assert.True(compiled.Model is not null, $"{Name}: {string.Join("; ", compiled.Errors.Select(error => error.Message))}");
        return compiled.Model;
    }

    public Finding[] Analyze(LintOptions? options = null) => [.. RuleLints.Analyze(Compile(), options ?? Options, TestContext.Current.CancellationToken)];
}
