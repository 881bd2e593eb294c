using System.Text.Json;

namespace OptDsl.Tool.Tests;

public sealed class CheckTests
{
    [Fact]
    public void A_right_rule_passes_in_silence()
    {
        using var tool = new ToolRun();
        Assert.Equal(0, tool.Run("check", tool.File("adam.rule", Files.Adam)));
        Assert.Equal("", tool.Output);
    }

    [Fact]
    public void A_slip_in_the_mathematics_is_named_at_its_character_and_fails_where_warnings_do()
    {
        using var tool = new ToolRun();
        var file = tool.File("adam.rule", Files.Uncorrected);
        Assert.Equal(0, tool.Run("check", file));
        Assert.Contains("adam.rule(11,11): warning OPT301: m is a zero-initialised average", tool.Output, StringComparison.Ordinal);
        Assert.Equal(1, tool.Run("check", "--strict", file));
    }

    [Fact]
    public void An_error_of_a_CSharp_source_is_the_compilers()
    {
        using var tool = new ToolRun();
        Assert.Equal(1, tool.Run("check", tool.File("Momentum.cs", Files.CSharp)));
        Assert.Contains("Momentum.cs(2,14): error OPT102: 'q'", tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_in_arguments_of_states_are_found_in_the_header()
    {
        using var tool = new ToolRun();
        Assert.Equal(1, tool.Run("check", tool.File("a.rule", "state m = q\n\nm = m + g\nW = W - m")));
        Assert.Contains("a.rule(1,11): error OPT102", tool.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hyper η = much\nW = W - ηg")]
    [InlineData("hyper η = true in [0, 1]\nW = W - ηg")]
    [InlineData("state m per layer\nW = W - g")]
    [InlineData("step k from 2\nW = W - g")]
    public void A_header_that_cannot_be_read_says_how_it_is_written(string text)
    {
        using var tool = new ToolRun();
        Assert.Equal(1, tool.Run("check", tool.File("a.rule", text)));
        Assert.Contains("a.rule(1,1): error OPTRULE: this is no line of a header: write '", tool.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("state m\nhyper m = 1\nW = W - m", "a.rule(2,7): error OPTRULE: 'm' is declared already")]
    [InlineData("state W\nW = W - g", "a.rule(1,7): error OPTRULE: 'W' is declared already")]
    [InlineData("hyper 1x = 1\nW = W - g", "a.rule(1,7): error OPTRULE: '1x' is no name")]
    [InlineData("hyper η = 2 in [0, 1]\nW = W - ηg", "a.rule(1,11): error OPTRULE: the default 2 is outside the range")]
    [InlineData("hyper η in [1, 0]\nW = W - ηg", "a.rule(1,12): error OPTRULE: the range is empty")]
    [InlineData("rule A\nrule B\nW = W - g", "a.rule(2,1): error OPTRULE: 'rule' is said twice")]
    [InlineData("schedule s\nstate m\nη = 1/t", "a.rule(2,7): error OPTRULE: a schedule has no states")]
    public void Declarations_are_held_against_each_other(string text, string expected)
    {
        using var tool = new ToolRun();
        Assert.Equal(1, tool.Run("check", tool.File("a.rule", text)));
        Assert.Contains(expected, tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_and_sarif_hold_the_same_places()
    {
        using var tool = new ToolRun();
        var file = tool.File("Momentum.cs", Files.CSharp);
        tool.Run("check", "--format", "json", file);
        var problem = JsonDocument.Parse(tool.Output).RootElement.EnumerateArray().First(item => item.GetProperty("id").GetString() == "OPT102");
        Assert.Equal((2, 14), (problem.GetProperty("line").GetInt32(), problem.GetProperty("column").GetInt32()));
        tool.Run("check", "--format", "sarif", file);
        var run = JsonDocument.Parse(tool.Output).RootElement.GetProperty("runs")[0];
        Assert.Equal("optdsl", run.GetProperty("tool").GetProperty("driver").GetProperty("name").GetString());
        var result = run.GetProperty("results").EnumerateArray().First(item => item.GetProperty("ruleId").GetString() == "OPT102");
        Assert.Equal(2, result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region").GetProperty("startLine").GetInt32());
        Assert.Equal("error", result.GetProperty("level").GetString());
    }

    [Fact]
    public void A_file_that_is_not_there_and_one_without_rules_are_no_answers()
    {
        using var tool = new ToolRun();
        Assert.Equal(2, tool.Run("check", "nowhere.rule"));
        Assert.Contains("there is no file 'nowhere.rule'", tool.Errors, StringComparison.Ordinal);
        Assert.Equal(2, tool.Run("check", tool.File("Empty.cs", "class Empty;")));
        Assert.Equal(2, tool.Run("check"));
        Assert.Equal(2, tool.Run("bake"));
    }

    /// <summary>What code scanners show of a problem: its title, and a page.</summary>
    [Fact]
    public void Sarif_explains_its_rules()
    {
        using var tool = new ToolRun();
        tool.Run("check", "--format", "sarif", tool.File("a.rule", "state m\nhyper β = 0.9\n\nm = βm + (1-β)g\nW = W - q·m"), tool.File("b.rule", "hyper 1x = 1\nW = W - g"));
        var run = JsonDocument.Parse(tool.Output).RootElement.GetProperty("runs")[0];
        Assert.Equal("utf16CodeUnits", run.GetProperty("columnKind").GetString());
        var driver = run.GetProperty("tool").GetProperty("driver");
        Assert.Matches(@"^\d+\.\d+\.\d+$", driver.GetProperty("semanticVersion").GetString());
        var rules = driver.GetProperty("rules").EnumerateArray().ToDictionary(rule => rule.GetProperty("id").GetString()!);
        Assert.NotEmpty(rules["OPT102"].GetProperty("shortDescription").GetProperty("text").GetString()!);
        Assert.EndsWith("DIAGNOSTICS.md#opt102", rules["OPT102"].GetProperty("helpUri").GetString(), StringComparison.Ordinal);
        Assert.Contains("OPTRULE", rules.Keys);
    }

    [Fact]
    public void A_place_in_sarif_is_an_address()
    {
        using var tool = new ToolRun();
        tool.Run("check", "--format", "sarif", tool.File("my Adam#1.rule", "W = "));
        var uri = JsonDocument.Parse(tool.Output).RootElement.GetProperty("runs")[0].GetProperty("results")[0]
            .GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString()!;
        Assert.StartsWith("file://", uri, StringComparison.Ordinal);
        Assert.EndsWith("my%20Adam%231.rule", uri, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_terminal_would_obey_is_not_printed()
    {
        using var tool = new ToolRun();
        Assert.Equal(1, tool.Run("check", tool.File("a.rule", "W = W - \u001b[2J\0g")));
        Assert.DoesNotContain(tool.Output.ReplaceLineEndings("").AsEnumerable(), char.IsControl);
        Assert.Equal(2, tool.Run("explain", tool.File("b.rule", "W = W - \u001b[2J\0g")));
        Assert.DoesNotContain(tool.Errors.ReplaceLineEndings("").AsEnumerable(), char.IsControl);
    }

    [Fact]
    public void A_rule_file_is_told_of_its_own_words()
    {
        using var tool = new ToolRun();
        tool.Run("check", tool.File("a.rule", "W = W - ηg"));
        Assert.Contains("add a line 'hyper η' or 'state η'", tool.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("[Hyper]", tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_constant_is_given_and_not_assigned()
    {
        using var tool = new ToolRun();
        var file = tool.File("a.rule", "constant lower = -1 \"a bound\"\nconstant upper = 1\nhyper η LearningRate = 0.1 in [0, ∞)\n\nW = clip(W - ηg, lower, upper)\n");
        Assert.Equal(0, tool.Run("check", "--strict", file));
        tool.Run("export", file, "--to", "rule");
        Assert.Contains("constant lower = -1 \"a bound\"\nconstant upper = 1\n", tool.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        tool.Run("export", file, "--to", "csharp");
        Assert.Contains("[State(\"upper\", Initial = \"1\", Constant = true)]", tool.Output, StringComparison.Ordinal);
        Assert.Equal(0, tool.Run("check", "--strict", tool.File("A.cs", tool.Output)));

        Assert.Equal(1, tool.Run("check", tool.File("b.rule", "constant lower = -1\n\nlower = lower + g\nW = W - lower")));
        Assert.Contains("'lower' is the constant and cannot be assigned; its values are given by the caller", tool.Output, StringComparison.Ordinal);
        Assert.Equal(0, tool.Run("check", tool.File("c.rule", "constant lower = -1\n\nW = W - g")));
        Assert.Contains("OPT202", tool.Output, StringComparison.Ordinal);
    }
}
