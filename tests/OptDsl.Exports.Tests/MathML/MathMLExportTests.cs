using System.Xml.Linq;
using OptDsl.Exports.Tests.Rules;
using OptDsl.Language.Backends.MathML;
using OptDsl.Language.Documents;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Model;
using OptDsl.Tests.Rules;

namespace OptDsl.Exports.Tests.MathML;

/// <summary>What is printed for people to read says what the rule computes: it is read back.</summary>
public sealed class MathMLExportTests
{
    public static TheoryData<string> Names => [.. DeclaredRule.All.Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_rule_of_the_library_is_read_back_as_the_same(string name)
    {
        var source = DeclaredRule.Source(DeclaredRule.All.Single(rule => rule.Name == name));
        var model = FormulaCompiler.Compile(source, TestContext.Current.CancellationToken).Model!;
        var text = new MathMLExport().Write(name, model).Text!;

        var read = MathMLReader.Read(text);
        var again = FormulaCompiler.Compile(source with { Formulas = read }, TestContext.Current.CancellationToken);

        Assert.True(again.Model is not null, read + "\n" + string.Join("\n", again.Errors.Select(error => error.Message)));
        Assert.Equal(ModelIdentity.Of(model), ModelIdentity.Of(again.Model));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_annotation_and_the_spoken_text_hold_the_formulas(string name)
    {
        var source = DeclaredRule.Source(DeclaredRule.All.Single(rule => rule.Name == name));
        var model = FormulaCompiler.Compile(source, TestContext.Current.CancellationToken).Model!;
        var math = XDocument.Parse(new MathMLExport().Write(name, model).Text!).Root!;

        Assert.Equal(XNamespace.Get("http://www.w3.org/1998/Math/MathML"), math.Name.Namespace);
        Assert.NotEqual("", math.Attribute("alttext")!.Value);
        var latex = FormulaCompiler.Compile(source with { Formulas = math.Descendants().Single(element => element.Name.LocalName == "annotation").Value }, TestContext.Current.CancellationToken);
        Assert.True(latex.Model is not null, string.Join("\n", latex.Errors.Select(error => error.Message)));
        Assert.Equal(ModelIdentity.Of(model), ModelIdentity.Of(latex.Model));
    }

    [Fact]
    public void Random_rules_are_read_back_as_the_same() => Assert.All(RandomCases.All, item =>
    {
        var read = MathMLReader.Read(new MathMLExport().Write("R", item.Model).Text!);
        var again = FormulaCompiler.Compile(item.Model.Source with { Formulas = read }, TestContext.Current.CancellationToken);
        Assert.True(again.Model is not null && ModelIdentity.Of(item.Model) == ModelIdentity.Of(again.Model), $"{item.Model.Source.Formulas}\n\n{read}\n\n{string.Join("\n", again.Errors.Select(error => error.Message))}");
    });

    [Theory]
    [InlineData("W = W - η m̂ / (√v̂ + 1e-8)", "<mover accent=\"true\"><mi>m</mi><mo stretchy=\"false\">^</mo></mover>")]
    [InlineData("W = W - η g^2", "<msup><mi>g</mi><mn>2</mn></msup>")]
    [InlineData("W = W - β₁^t g", "<msubsup><mi>β</mi><mn>1</mn><mi>t</mi></msubsup>")]
    [InlineData("W = W - (g / 2)²", "<msup><mrow><mo fence=\"true\">(</mo><mfrac>")]
    [InlineData("W = W - (g > 0 ? g : 1e-8)", "<msup><mn>10</mn><mrow><mo>−</mo><mn>8</mn></mrow></msup>")]
    [InlineData("W = W - 2.5e-7 g", "<mn>2.5</mn><mo>×</mo>")]
    [InlineData("if g < 0: W = W + 1\nelse: W = W - 1", "<mtext>if\u00a0</mtext><mrow><mi>g</mi><mo>&lt;</mo>")]
    [InlineData("W = W - ‖g‖₁ g", "<msub><mrow><mo fence=\"true\">‖</mo><mi>g</mi><mo fence=\"true\">‖</mo></mrow><mn>1</mn></msub>")]
    [InlineData("W = W - ‖g‖_4 g", "<mo fence=\"true\">‖</mo></mrow><mn>4</mn></msub>")]
    [InlineData("φ(x) = x/2; W = W - φ(g)", "<mo fence=\"true\">(</mo><mi>g</mi><mo fence=\"true\">)</mo>")]
    public void Formulas_are_set_as_papers_print_them(string formulas, string expected)
    {
        var document = MissingDeclarations.Add(RuleDocument.Read(formulas, "A"));
        var model = FormulaCompiler.Compile(document.Source, TestContext.Current.CancellationToken).Model!;
        var text = new MathMLExport().Write("A", model).Text!;
        XDocument.Parse(text);
        Assert.Contains(expected, text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_rule_file_declares_the_same_rule(string name)
    {
        var source = DeclaredRule.Source(DeclaredRule.All.Single(rule => rule.Name == name));
        var model = FormulaCompiler.Compile(source, TestContext.Current.CancellationToken).Model!;
        var document = RuleDocument.Read(new Language.Backends.RuleFiles.RuleFileExport().Write(name, model).Text!, "");

        Assert.Empty(document.Problems);
        Assert.Equal(name, document.Name);
        Assert.Equal(source.Hypers, document.Source.Hypers);
        Assert.Equal(source.States, document.Source.States);
        Assert.Equal(ModelIdentity.Of(model), ModelIdentity.Of(FormulaCompiler.Compile(document.Source, TestContext.Current.CancellationToken).Model!));
    }
}
