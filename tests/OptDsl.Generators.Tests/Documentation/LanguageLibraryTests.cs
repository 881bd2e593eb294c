using OptDsl.Language;
using OptDsl.Language.Backends.Catalogue;

namespace OptDsl.Generators.Tests.Documentation;

/// <summary>The language as a library for tools: its public surface alone.</summary>
public sealed class LanguageLibraryTests
{
    private static readonly RuleDefinition s_averaged = new("m = βm + (1-β)g; W = W - ηm")
    {
        States = [new StateDefinition("m")],
        Hypers = [new HyperDefinition("η") { Name = "LearningRate", Kind = HyperKind.Schedule, Default = 0.1 }, new HyperDefinition("β") { Name = "Beta", Min = 0, Max = 0.999, Default = 0.9 }],
    };

    [Fact]
    public void A_rule_compiles_and_says_what_it_does()
    {
        var rule = Compile(s_averaged, "AveragedMomentum");
        Assert.True(rule.Compiles);
        Assert.Empty(rule.Errors);
        Assert.Equal(2, rule.WriteFormulas(FormulaNotation.Unicode).Count);
        Assert.Contains(@"\beta", rule.WriteFormulas(FormulaNotation.Latex)[0], StringComparison.Ordinal);
        var pass = Assert.Single(rule.PlanPasses());
        Assert.Equal(["W", "g", "m"], pass.Reads.Order(StringComparer.Ordinal));
        Assert.Equal(["W", "m"], pass.Writes.Order(StringComparer.Ordinal));
        Assert.Equal(rule.Identity, Compile(s_averaged with { Formulas = "m = βm + (1 - β)·g\nW -= η m" }, "Other").Identity);
    }

    [Fact]
    public void What_is_wrong_with_the_mathematics_is_found()
    {
        var ascent = Compile(s_averaged with { Formulas = "m = βm + (1-β)g; W = W + ηm" }, "Climbing");
        Assert.Contains(ascent.Analyze(TestContext.Current.CancellationToken), remark => remark is { Id: "OPT321", IsNote: false, Place: RemarkPlace.Formulas });
        var unused = Compile(s_averaged with { Hypers = [.. s_averaged.Hypers, new HyperDefinition("λ") { Default = 0.1 }] }, "Unused");
        Assert.Contains(unused.Analyze(TestContext.Current.CancellationToken), remark => remark is { Id: "OPT204", Place: RemarkPlace.Declaration, Symbol: "λ" });
    }

    [Fact]
    public void What_cannot_be_read_is_an_error_at_its_characters()
    {
        var rule = Compile(s_averaged with { Formulas = "m = βm + q; W = W - ηm" }, "Broken");
        Assert.False(rule.Compiles);
        var error = Assert.Single(rule.Errors);
        Assert.Equal(("OPT102", RemarkPlace.Formulas, 9, 1), (error.Id, error.Place, error.Start, error.Length));
        Assert.Empty(rule.Analyze(TestContext.Current.CancellationToken));
        Assert.Throws<InvalidOperationException>(() => rule.Identity);
        Assert.Throws<InvalidOperationException>(() => rule.Export(ExportLanguage.C));
        var initial = Compile(s_averaged with { States = [new StateDefinition("m") { Initial = "q" }] }, "Broken");
        Assert.Contains(initial.Errors, remark => remark is { Place: RemarkPlace.Initial, Symbol: "m", Start: 0 });
    }

    [Theory]
    [InlineData(ExportLanguage.PyTorch, "class AveragedMomentum(")]
    [InlineData(ExportLanguage.Optax, "optax")]
    [InlineData(ExportLanguage.C, "void ")]
    [InlineData(ExportLanguage.Latex, @"\begin{aligned}")]
    [InlineData(ExportLanguage.MathML, "<math")]
    [InlineData(ExportLanguage.RuleFile, "rule AveragedMomentum")]
    [InlineData(ExportLanguage.CSharp, "public sealed partial class AveragedMomentum")]
    public void A_rule_is_written_in_other_languages(ExportLanguage language, string expected) =>
        Assert.Contains(expected, Compile(s_averaged, "AveragedMomentum").Export(language), StringComparison.Ordinal);

    [Fact]
    public void Every_language_is_there() => Assert.All(
        Enum.GetValues<ExportLanguage>(), language => Assert.NotEmpty(Compile(s_averaged, "AveragedMomentum").Export(language)));

    [Fact]
    public void Every_back_end_has_a_language() => Assert.Equal(Enum.GetValues<ExportLanguage>().Length, ExportCatalogue.All.Length);

    [Fact]
    public void Kernels_and_schedules_are_written_too()
    {
        Assert.Contains("partial class AveragedMomentum", Compile(s_averaged, "AveragedMomentum").WriteKernels("Demo"), StringComparison.Ordinal);
        var schedule = Compile(new RuleDefinition("η = a / √t") { IsSchedule = true, Hypers = [new HyperDefinition("a") { Default = 0.5 }] }, "Decaying");
        Assert.Empty(schedule.PlanPasses());
        Assert.Contains("partial class Decaying", schedule.WriteKernels(""), StringComparison.Ordinal);
    }

    [Fact]
    public void What_mends_the_mathematics_comes_as_edits_and_as_the_mended_declaration()
    {
        var climbing = Compile(s_averaged with { Formulas = "m = βm + (1-β)g; W = W + ηm" }, "Climbing");
        var ascent = climbing.Analyze(TestContext.Current.CancellationToken).Single(remark => remark.Id == "OPT321");
        var fix = climbing.FindFixes(ascent, TestContext.Current.CancellationToken)[0];
        Assert.Equal("m = βm + (1-β)g; W = W - ηm", fix.Definition.Formulas);
        Assert.Equal(new RuleEdit(RemarkPlace.Formulas, "", 23, 1, "-"), Assert.Single(fix.Edits));
        Assert.Equal(s_averaged.Hypers, fix.Definition.Hypers);
        Assert.Equal(s_averaged.States, fix.Definition.States);
        Assert.Equal(Compile(s_averaged, "AveragedMomentum").Identity, Compile(fix.Definition, "Mended").Identity);
        Assert.Throws<ArgumentException>(() => Compile(s_averaged, "AveragedMomentum").FindFixes(ascent, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void What_mends_a_declaration_changes_no_text()
    {
        var unused = Compile(s_averaged with { Hypers = [.. s_averaged.Hypers, new HyperDefinition("λ") { Default = 0.1 }] }, "Unused");
        var idle = unused.Analyze(TestContext.Current.CancellationToken).Single(remark => remark.Id == "OPT204");
        var removal = unused.FindFixes(idle, TestContext.Current.CancellationToken).First(fix => fix.Edits.Count == 0);
        Assert.Equal(s_averaged.Hypers, removal.Definition.Hypers);
    }

    [Fact]
    public void What_mends_an_error_declares_with_the_usual_values_or_edits_the_text_of_a_state()
    {
        var undeclared = Compile(s_averaged with { Formulas = "m = βm + (1-β)g; W = W - η(m + λW)" }, "Undeclared");
        var declared = undeclared.FindFixes(Assert.Single(undeclared.Errors), TestContext.Current.CancellationToken)
            .Select(fix => fix.Definition.Hypers).First(hypers => hypers.Count == 3)[2];
        Assert.Equal(("λ", "WeightDecay", 0.0), (declared.Symbol, declared.Name, declared.Min));
        var initial = Compile(s_averaged with { States = [new StateDefinition("m") { Initial = "sqt(2)" }] }, "Misspelt");
        var respelt = initial.FindFixes(initial.Errors[0], TestContext.Current.CancellationToken)[0];
        Assert.Equal("sqrt(2)", respelt.Definition.States[0].Initial);
        Assert.Equal((RemarkPlace.Initial, "m"), (respelt.Edits[0].Place, respelt.Edits[0].Symbol));
    }

    [Fact]
    public void What_is_wrong_in_two_places_is_mended_in_both()
    {
        var uncorrected = Compile(s_averaged with
        {
            Formulas = "m = βm + (1-β)g; v = ρv + (1-ρ)g²; W = W - η m/(√v + ε)",
            States = [new StateDefinition("m"), new StateDefinition("v")],
            Hypers = [.. s_averaged.Hypers, new HyperDefinition("ρ") { Min = 0, Max = 0.9999, Default = 0.999 }, new HyperDefinition("ε") { Min = 1e-30, Default = 1e-8 }],
        }, "Uncorrected");
        var missing = uncorrected.Analyze(TestContext.Current.CancellationToken).First(remark => remark.Id == "OPT301");
        var fix = uncorrected.FindFixes(missing, TestContext.Current.CancellationToken)[0];
        Assert.True(fix.Edits.Count > 1);
        Assert.DoesNotContain(Compile(fix.Definition, "Corrected").Analyze(TestContext.Current.CancellationToken), remark => !remark.IsNote);
    }

    private static OptimizerRule Compile(RuleDefinition definition, string name) => OptimizerRule.Compile(definition, name, TestContext.Current.CancellationToken);
}
