namespace OptDsl.Tool.Tests;

/// <summary><c>optdsl compare</c>: the same answer as <c>Conforms = typeof(…)</c>.</summary>
public sealed class CompareTests
{
    [Fact]
    public void What_is_written_otherwise_is_equal()
    {
        using var tool = new ToolRun();
        var other = Files.Adam.Replace("W = W - η m̂ / (√v̂ + ε)", "W -= η/(1-β₁ᵗ) · m / (√(v/(1-β₂ᵗ)) + ε)", StringComparison.Ordinal)
            .Replace("m̂ = m / (1-β₁ᵗ)\n", "", StringComparison.Ordinal).Replace("v̂ = v / (1-β₂ᵗ)\n", "", StringComparison.Ordinal);
        Assert.Equal(0, tool.Run("compare", tool.File("a.rule", Files.Adam), tool.File("b.rule", other)));
        Assert.StartsWith("equal over 1000 steps with gradients of all sizes", tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_the_same_computation_is_said_to_be_so_with_its_other_defaults()
    {
        using var tool = new ToolRun();
        var other = Files.Adam.Replace("m̂ = m / (1-β₁ᵗ)", @"\hat{m}_t = \frac{m_t}{1 - \beta_1^t}", StringComparison.Ordinal).Replace("LearningRate = 0.001", "LearningRate = 0.01", StringComparison.Ordinal);
        Assert.Equal(0, tool.Run("compare", tool.File("a.rule", Files.Adam), tool.File("b.rule", other)));
        Assert.Equal("equal: the formulas come to the same computation\n    with other defaults: η is 0.001 in Adam and 0.01 in Adam\n", tool.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void The_first_difference_has_its_step_its_element_both_values_and_its_statement()
    {
        using var tool = new ToolRun();
        Assert.Equal(1, tool.Run("compare", tool.File("a.rule", Files.Adam.Replace("rule Adam", "rule Mine", StringComparison.Ordinal).Replace("(1-β₂)g²", "(1-β₂)g", StringComparison.Ordinal)), tool.File("b.rule", Files.Adam)));
        Assert.Matches(@"^different at step 1, element 0, with a gradient of -?0\.\d+: Mine comes to .+ and Adam to 0\.999|1\.00", tool.Output);
        Assert.Contains("    first in: v = β₂v + (1-β₂)g\n", tool.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("    equal with: Square 'g', in: v = β₂v + (1-β₂)g\n", tool.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_difference_that_comes_late_or_with_an_option_is_found()
    {
        using var tool = new ToolRun();
        const string Plain = "state v\nhyper η = 0.1\nhyper nesterov = false\n\nv = 0.9v + g\nu = nesterov ? g + 0.9v : v\nW = W - ηu";
        Assert.Equal(1, tool.Run("compare", tool.File("a.rule", Plain), tool.File("b.rule", Plain.Replace("W = W - ηu", "W = W - (t > 500 ? η/2 : η)u", StringComparison.Ordinal))));
        Assert.StartsWith("different at step 501,", tool.Output, StringComparison.Ordinal);
        Assert.Equal(1, tool.Run("compare", tool.File("a.rule", Plain), tool.File("b.rule", Plain.Replace("g + 0.9v", "g + 0.8v", StringComparison.Ordinal))));
        Assert.Contains("first in: u = ", tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_of_other_symbols_and_of_CSharp_are_compared()
    {
        using var tool = new ToolRun();
        var momentum = tool.File("Momentum.cs", Files.CSharp.Replace("+ q", "+ g", StringComparison.Ordinal));
        var other = tool.File("b.rule", "parameter θ\ngradient d\nstate u\nhyper lr LearningRate = 0.1\nhyper m Decay = 0.9\n\nu = m u + d\nθ -= lr u");
        Assert.Equal(0, tool.Run("compare", momentum, other));
    }

    [Fact]
    public void Schedules_are_compared_with_schedules()
    {
        using var tool = new ToolRun();
        var decay = tool.File("decay.rule", Files.Decay);
        Assert.Equal(0, tool.Run("compare", decay, tool.File("other.rule", Files.Decay.Replace("c / √t", "c t^(-1/2)", StringComparison.Ordinal))));
        Assert.Equal(1, tool.Run("compare", decay, tool.File("other.rule", Files.Decay.Replace("c / √t", "c / t", StringComparison.Ordinal))));
        Assert.StartsWith("different at step 2: Decay is 0.0707", tool.Output, StringComparison.Ordinal);
        Assert.Equal(2, tool.Run("compare", decay, tool.File("a.rule", Files.Adam)));
        Assert.Contains("Decay is a schedule, and Adam a rule", tool.Errors, StringComparison.Ordinal);
    }
}
