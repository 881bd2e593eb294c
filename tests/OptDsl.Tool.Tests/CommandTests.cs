using OptDsl.Language.Backends.Declarations;
using OptDsl.Language.Formulas.Model;
using OptDsl.Tool.Commands;
using OptDsl.Tool.Rules;
using Spectre.Console;

namespace OptDsl.Tool.Tests;

public sealed class CommandTests
{
    [Fact]
    public void Explain_says_what_is_kept_and_what_it_costs()
    {
        using var tool = new ToolRun();
        Assert.Equal(0, tool.Run("explain", tool.File("adam.rule", Files.Adam)));
        Assert.Contains("first moment (exp_avg)", tool.Output, StringComparison.Ordinal);
        Assert.Contains("With gradients k times as large the step is as large", tool.Output, StringComparison.Ordinal);
        Assert.Contains("sweeps the memory once and reads or writes 7 values an element: 28 bytes of float", string.Join(' ', tool.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Contains("t = 1: 1 ", tool.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("=\n", tool.Output.ReplaceLineEndings("\n").Replace(" \n", "\n", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_shows_the_transient_of_a_missing_correction()
    {
        using var tool = new ToolRun();
        tool.Run("explain", tool.File("adam.rule", Files.Uncorrected));
        Assert.Contains("t = 1: 3.16", tool.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pytorch", "class Adam(Optimizer):")]
    [InlineData("jax", "def adam(learning")]
    [InlineData("c", "void adam(size_t n, long t, const adam_options *options")]
    [InlineData("latex", @"\begin{aligned}")]
    [InlineData("mathml", "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"")]
    [InlineData("rule", "hyper β₁ Beta1 = 0.9 in [0, 1)")]
    [InlineData("csharp", "public sealed partial class Adam")]
    public void Export_writes_each_language(string language, string expected)
    {
        using var tool = new ToolRun();
        Assert.Equal(0, tool.Run("export", tool.File("adam.rule", Files.Adam), "--to", language));
        Assert.Contains(expected.Replace("learning", "lr", StringComparison.Ordinal), tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_exported_to_CSharp_is_the_same_rule()
    {
        using var tool = new ToolRun();
        var file = tool.File("adam.rule", Files.Adam);
        Assert.Equal(0, tool.Run("export", file, "--to", "csharp"));
        var source = tool.File("Adam.cs", tool.Output);
        Assert.Equal(0, tool.Run("check", "--strict", source));
        Assert.Equal(0, tool.Run("compare", file, source));
    }

    [Fact]
    public void What_is_exported_to_Latex_is_the_same_rule()
    {
        using var tool = new ToolRun();
        var file = tool.File("adam.rule", Files.Adam);
        Assert.Equal(0, tool.Run("export", file, "--to", "latex"));
        var header = Files.Adam[..Files.Adam.IndexOf("m = ", StringComparison.Ordinal)];
        Assert.Equal(0, tool.Run("compare", file, tool.File("latex.rule", header + tool.Output)));
    }

    [Fact]
    public void What_is_exported_to_a_rule_file_is_the_same_document()
    {
        using var tool = new ToolRun();
        Assert.Equal(0, tool.Run("export", tool.File("adam.rule", Files.Adam), "--to", "rule"));
        var (text, copy) = (tool.Output, tool.File("copy.rule", tool.Output));
        Assert.StartsWith(Files.Adam[(Files.Adam.IndexOf('\n', StringComparison.Ordinal) + 1)..Files.Adam.IndexOf("m = ", StringComparison.Ordinal)], text, StringComparison.Ordinal);
        Assert.Equal(0, tool.Run("check", "--strict", copy));
        tool.Run("export", copy, "--to", "rule");
        Assert.Equal(text, tool.Output);
    }

    [Fact]
    public void A_schedule_is_refused_where_a_rule_is_wanted()
    {
        using var tool = new ToolRun();
        var file = tool.File("decay.rule", Files.Decay);
        Assert.Equal(2, tool.Run("export", file, "--to", "pytorch"));
        Assert.Contains("LambdaLR", tool.Errors, StringComparison.Ordinal);
        Assert.Equal(2, tool.Run("plot", "transient", file));
        Assert.Contains("plot it as a schedule", tool.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("transient", false)]
    [InlineData("trajectory", false)]
    [InlineData("schedule", true)]
    public void Plot_draws(string kind, bool schedule)
    {
        using var tool = new ToolRun();
        Assert.Equal(0, tool.Run("plot", kind, tool.File("a.rule", schedule ? Files.Decay : Files.Adam)));
        Assert.StartsWith("<svg", tool.Output, StringComparison.Ordinal);
        Assert.Equal("svg", System.Xml.Linq.XDocument.Parse(tool.Output).Root!.Name.LocalName);
    }

    [Fact]
    public void One_of_several_rules_is_named()
    {
        using var tool = new ToolRun();
        var file = tool.File("Two.cs", """
            [UpdateRule("W = W - ηg")] public partial class A { [Hyper("η")] public double Rate { get; set; } = 0.1; }
            [UpdateRule("W = W - ηg")] public partial class B { [Hyper("η")] public double Rate { get; set; } = 0.1; }
            """);
        Assert.Equal(2, tool.Run("explain", file));
        Assert.Contains("declares A, B; say which:", tool.Errors, StringComparison.Ordinal);
        Assert.Equal(0, tool.Run("compare", file + ":A", file + ":B"));
        Assert.Equal(2, tool.Run("explain", file + ":C"));
        Assert.Contains("no rule 'C'", tool.Errors, StringComparison.Ordinal);
    }

    /// <summary>A script that writes the answer to a file gets no advice into it.</summary>
    [Theory]
    [InlineData("export", "adam.rule")]
    [InlineData("export", "adam.rule", "--to", "fortran")]
    [InlineData("exprot", "adam.rule")]
    [InlineData("check")]
    [InlineData("explain", "adam.rule", "more")]
    [InlineData("plot", "pie", "adam.rule")]
    public void What_cannot_be_asked_is_said_where_errors_go(params string[] arguments)
    {
        using var tool = new ToolRun();
        Assert.Equal(2, tool.Run(arguments));
        Assert.Empty(tool.Output);
        Assert.EndsWith("--help says how it is used.", tool.Errors.TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain("Usage:", tool.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_that_is_mistyped_is_suggested()
    {
        using var tool = new ToolRun();
        Assert.Equal(2, tool.Run("chekc", "adam.rule"));
        Assert.Contains("check", tool.Errors.Split(Environment.NewLine));
        Assert.Equal(2, tool.Run());
        Assert.Contains("Usage:", tool.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_are_read_in_capitals_too()
    {
        using var tool = new ToolRun();
        var file = tool.File("adam.rule", Files.Adam);
        Assert.Equal(0, tool.Run("export", file, "--to", "PyTorch"));
        Assert.Equal(0, tool.Run("check", file, "--format", "SARIF"));
        Assert.StartsWith("{", tool.Output, StringComparison.Ordinal);
        Assert.Equal(0, tool.Run("plot", "Transient", file));
    }

    /// <summary>Schedulers of PyTorch ask each group for <c>lr</c>.</summary>
    [Theory]
    [InlineData("hyper η = 0.1\n\nW = W - ηg", "pytorch", "lr=0.1")]
    [InlineData("hyper lr = 0.1\n\nW = W - lr g", "pytorch", "lr=0.1")]
    [InlineData("hyper \\eta = 0.1\n\nW = W - \\eta g", "jax", "lr=0.1")]
    [InlineData("hyper η = 0.1\n\nW = W - ηg", "csharp", "public Schedule LearningRate { get; set; } = 0.1;")]
    [InlineData("hyper η Rate = 0.1\n\nW = W - ηg", "pytorch", "rate=0.1")]
    public void A_learning_rate_is_called_so(string text, string language, string expected)
    {
        using var tool = new ToolRun();
        Assert.Equal(0, tool.Run("export", tool.File("a.rule", text), "--to", language));
        Assert.Contains(expected, tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_learning_rates_have_two_names()
    {
        using var tool = new ToolRun();
        Assert.Equal(0, tool.Run("export", tool.File("a.rule", "hyper η = 0.1\nhyper lr = 0.2\n\nW = W - ηg - lr·sign(g)"), "--to", "csharp"));
        Assert.Contains("LearningRate { get; set; } = 0.1;", tool.Output, StringComparison.Ordinal);
        Assert.Contains("Lr { get; set; } = 0.2;", tool.Output, StringComparison.Ordinal);
    }

    /// <summary>The step sizes of networks are too small to be seen in a valley.</summary>
    [Fact]
    public void A_trajectory_takes_the_step_size_that_shows_the_rule()
    {
        using var tool = new ToolRun();
        tool.Run("plot", "trajectory", tool.File("adam.rule", Files.Adam));
        Assert.Contains("The path over 100 steps", tool.Output, StringComparison.Ordinal);
        Assert.Contains("with the step size", tool.Output, StringComparison.Ordinal);
        tool.Run("plot", "trajectory", tool.File("plain.rule", "W = W - 0.1g"));
        Assert.DoesNotContain("with the step size", tool.Output, StringComparison.Ordinal);
    }

    /// <summary>The curve of a right rule is flat at 1, at the top: what names it stands elsewhere.</summary>
    [Fact]
    public void A_legend_covers_no_curve()
    {
        using var tool = new ToolRun();
        tool.Run("plot", "transient", tool.File("adam.rule", Files.Adam));
        var legend = System.Text.RegularExpressions.Regex.Match(tool.Output, "opacity=\"0.88\" x=\"[0-9.]+\" y=\"([0-9.]+)\"").Groups[1].Value;
        Assert.InRange(double.Parse(legend, System.Globalization.CultureInfo.InvariantCulture), 200, 340);
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("1")]
    [InlineData("99999999")]
    [InlineData("many")]
    public void Steps_that_cannot_be_drawn_are_refused(string steps)
    {
        using var tool = new ToolRun();
        Assert.Equal(2, tool.Run("plot", "transient", tool.File("a.rule", Files.Adam), "--steps", steps));
        Assert.Contains("--steps", tool.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Commands_and_languages_complete()
    {
        using var tool = new ToolRun();
        Assert.Equal(0, tool.Run("[suggest:8]", "optdsl c"));
        Assert.Equal(["check", "compare"], tool.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(0, tool.Run("[suggest:30]", "optdsl export adam.rule --to p"));
        Assert.Contains("pytorch", tool.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Each rule of the library as a C# declaration, read by the readers of the package.</summary>
    [Fact]
    public void Every_rule_of_the_library_is_the_same_in_CSharp()
    {
        using var tool = new ToolRun();
        var rules = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Library")).Select(RuleLoader.One).ToList();
        Assert.Equal(45, rules.Count);
        var text = string.Concat(rules.Select(rule => new DeclarationExport().Write(rule.Name, rule.Model).Text!.Replace("using OptDsl;", "", StringComparison.Ordinal)));
        var declared = RuleLoader.Load([tool.File("Rules.cs", text)]).Rules.ToDictionary(rule => rule.Name);
        Assert.All(rules, rule => Assert.Equal(ModelIdentity.Of(rule.Model), ModelIdentity.Of(declared[rule.Name].Model)));
        Assert.All(rules, rule => Assert.Equal(rule.Defaults, declared[rule.Name].Defaults));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void An_explanation_is_no_wider_than_the_console_and_loses_nothing(int width)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Library")))
        {
            var writer = new StringWriter();
            var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
            console.Profile.Width = width;
            var rule = RuleLoader.One(file);
            ExplainCommand.Write(rule, console);
            var lines = writer.ToString().ReplaceLineEndings("\n").Split('\n');
            Assert.All(lines, line => Assert.True(line.TrimEnd().Length <= width, $"{rule.Name}: {line}"));
            var words = string.Join(' ', lines).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.All(rule.Source.Hypers, hyper => Assert.Contains(hyper.Property, words));
            Assert.DoesNotContain('…', string.Concat(lines).Replace(" … ", "", StringComparison.Ordinal));
        }
    }
}
