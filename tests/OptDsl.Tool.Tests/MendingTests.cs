using OptDsl.Language.Documents;

namespace OptDsl.Tool.Tests;

/// <summary>Everything that can be mended together is.</summary>
public sealed class MendingTests
{
    private static CheckedDocument Check(string text) => CheckedDocument.Of(RuleDocument.Read(text, "R"), TestContext.Current.CancellationToken);

    [Fact]
    public void All_fixes_that_leave_less_to_be_said_are_in_the_text()
    {
        var (text, fixes) = Mending.All(Check(Files.Uncorrected), Check, TestContext.Current.CancellationToken);
        Assert.Contains("Correct the bias of 'm'", fixes[0], StringComparison.Ordinal);
        Assert.Empty(Check(text).Diagnoses);
    }

    [Fact]
    public void Errors_and_findings_are_mended_one_after_another()
    {
        var (text, fixes) = Mending.All(Check("state v\nhyper μ = 0.9 in [0, 1)\n\nv = μv + g\nW = W + ηv"), Check, TestContext.Current.CancellationToken);
        Assert.True(fixes.Length >= 2, string.Join("; ", fixes));
        Assert.Empty(Check(text).Diagnoses);
    }

    [Theory]
    [InlineData("hyper η = 0.1\n\nW = W - ηg")]
    [InlineData("W = ")]
    [InlineData("hyper η = much\nW = W - ηg")]
    [InlineData("")]
    public void What_nothing_mends_stays_as_it_is(string text) =>
        Assert.Equal((text, 0), Mending.All(Check(text), Check, TestContext.Current.CancellationToken) is var (mended, fixes) ? (mended, fixes.Length) : default);
}
