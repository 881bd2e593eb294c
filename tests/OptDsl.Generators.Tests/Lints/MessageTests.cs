using System.Globalization;
using System.Text.RegularExpressions;
using OptDsl.Generators.Tests.Lints.Mutations;
using OptDsl.Language.Checks.Analysis;
using OptDsl.Language.Formulas.Compilation;

namespace OptDsl.Generators.Tests.Lints;

/// <summary>Numbers in messages are ones that a reader can believe, whatever rule they are about.</summary>
public sealed partial class MessageTests(ITestOutputHelper output)
{
    /// <summary>Digits that say something.</summary>
    private const int Digits = 4;

    [Fact]
    public void Messages_print_no_number_that_nobody_could_believe()
    {
        string[] files = ["DefectiveRules.txt", "PublishedRules.txt", "UnusualRules.txt", "AccusedRules.txt"];
        var rules = files.SelectMany(LabelledRule.FromFile).Concat(LabelledRule.Corpus())
            .Concat(LabelledRule.FromFile("PublishedRules.txt").SelectMany(RuleMutations.Of).Select(mutant => mutant.Rule));
        var (messages, wrong) = (0, new List<string>());
        foreach (var rule in rules)
        {
            if (FormulaCompiler.Compile(rule.Source, TestContext.Current.CancellationToken).Model is not { } model)
                continue;
            foreach (var finding in RuleLints.Analyze(model, rule.Options, TestContext.Current.CancellationToken))
            {
                messages++;
                if (Unbelievable(finding.Message) is { } number)
                    wrong.Add($"{finding.Id} '{number}' in: {finding.Message} | {rule.Name}");
            }
        }

        output.WriteLine($"{wrong.Count} of {messages}");
        Assert.True(messages > 1_000);
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Theory]
    [InlineData("W moves by -0 there")]
    [InlineData("is 1 times the settled one")]
    [InlineData("becomes Infinity times as large")]
    [InlineData("grows by 1.23456")]
    [InlineData("becomes NaN")]
    public void What_nobody_could_believe_is_told_apart(string message) => Assert.NotNull(Unbelievable(message));

    [Theory]
    [InlineData("'1.23456*g' makes it 0.123 times as large at t = 100000, 1e-12 of 65536 and 1.0001 or 0.99995 of it")]
    [InlineData("is 1.1 times the settled one and 21 times smaller")]
    public void What_a_reader_can_believe_is_left_alone(string message) => Assert.Null(Unbelievable(message));

    private static string? Unbelievable(string message)
    {
        var own = Quoted().Replace(message, "''");
        if (Nonsense().Match(own) is { Success: true } nonsense)
            return nonsense.Value;
        return Number().Matches(own).Select(match => match.Value).FirstOrDefault(number => Significant(number) > Digits);
    }

    /// <summary>Counts are whole and exact; of others the digits from the first that is not zero.</summary>
    private static int Significant(string number)
    {
        var mantissa = number.Split('e', 'E')[0];
        if (long.TryParse(mantissa, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count) && Math.Abs(count) < 1_000_000)
            return 1;
        // Beside 1 it is the difference that counts.
        if (double.Parse(number, CultureInfo.InvariantCulture) is > 0.9 and < 1.1 && mantissa.Contains('.', StringComparison.Ordinal))
            return mantissa[(mantissa.IndexOf('.', StringComparison.Ordinal) + 1)..].TrimStart(mantissa[0] == '1' ? '0' : '9').Length;
        return mantissa.Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal).Trim('0').Length;
    }

    [GeneratedRegex("'[^']*'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<![\p{L}\d_.])-0(?![\d.])|(?<![\p{L}\d_.e-])-?1(\.0*)? times|[Ii]nfinity times|NaN|∞")]
    private static partial Regex Nonsense();

    [GeneratedRegex(@"(?<![\p{L}\d_.])-?\d+(\.\d+)?([eE][+-]?\d+)?")]
    private static partial Regex Number();
}
