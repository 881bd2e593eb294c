using System.Globalization;
using System.Text.RegularExpressions;
using OptDsl.Generators.Tests.Infrastructure;
using OptDsl.Language.Backends.CSharp;

namespace OptDsl.Generators.Tests.Generation;

/// <summary>What every generated file keeps to, whatever the rule.</summary>
public sealed partial class GeneratedLinesTests
{
    private static readonly string s_rules = string.Concat(Enumerable.Range(0, 30).Select(i => $", State(\"averageOfTheGradients{i}\", When = \"λ > {i}\", Meaning = \"a long description of what number {i} of all the averages is good for, which nobody reads to its end\")"));

    [Fact]
    public void No_line_of_a_library_rule_is_long()
    {
        var run = LibraryRules();

        Assert.True(run.Files.Length > 50);
        foreach (var file in run.Files)
            Verify(file.HintName, file.SourceText.ToString());
    }

    [Theory]
    [InlineData("W = W - λ g")]
    [InlineData("W = W - λ g / (")]
    public void No_line_of_a_rule_with_much_to_say_is_long(string formulas)
    {
        var run = GeneratorRun.Of($$"""
            using OptDsl;
            namespace Demo.Of.A.Namespace.With.Many.Parts;

            [UpdateRule("{{formulas}}; W = W - {{string.Join(" - ", Enumerable.Repeat("λ ‖W‖² g / (1 + |g|)", 30))}}"){{s_rules}}]
            public sealed partial class ARuleOfWhichTheNameIsAlreadyASentence
            {
                [Hyper("λ", Min = 0)] public Schedule TheRateAtWhichTheWeightsAreToBeChangedInEveryStep { get; set; } = 0.1;
            }
            """);

        Verify("long", run.Text);
    }

    [Fact]
    public void AdamW_is_a_file_that_can_be_read() => Assert.InRange(
        File.ReadAllLines(Path.Combine(BuildMetadata.TestsFolder, "Generation", "_snapshots", "GeneratedFileTests.AdamW#Demo.AdamW.g.verified.cs")).Length, 180, 270);

    [Fact]
    public void What_a_step_computes_once_is_computed_where_Update_is_called_if_it_is_little()
    {
        var inlined = LibraryRules().Files.Select(file => file.SourceText.ToString()).Where(text => ScalarCount().IsMatch(text)).ToLookup(text => AttributeOfBeginStep().IsMatch(text));

        Assert.All(inlined[true], text => Assert.InRange(Count(text), 0, 16));
        Assert.All(inlined[false], text => Assert.InRange(Count(text), 17, int.MaxValue));
        Assert.Contains(inlined[true], text => text.Contains("AdamW", StringComparison.Ordinal));
        Assert.Contains(inlined[false], text => text.Contains("Prodigy", StringComparison.Ordinal));

        static int Count(string text) => int.Parse(ScalarCount().Match(text).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("Call(first, second, third);", 20, "Call(first, second,", "third);")]
    [InlineData("x = alpha + beta * gamma;", 20, "x = alpha + beta *", "gamma;")]
    [InlineData("\"one two three four five\",", 20, "\"one two three \" +", "\"four five\",")]
    [InlineData("x = \"one two three four five\";", 20, "x =", "\"one two three four five\";")]
    [InlineData("x = 1 + 2; // one and two, and more", 20, "x = 1 + 2;", "// one and two, and more")]
    [InlineData("int At(int i) => this.At(i, first, second);", 36, "int At(int i) =>", "this.At(i, first, second);")]
    [InlineData("// one two three four five", 20, "// one two three", "four five")]
    [InlineData("\"a \\\" b c d e f g h i j k\",", 14, "\"a \\\" b c \" +", "\"d e f g h i j k\",")]
    public void Breaks_change_nothing(string line, int width, string head, string rest) => Assert.Equal((head, rest), LineBreak.Of(line, width));

    [Fact]
    public void A_comment_behind_a_statement_stays_a_comment()
    {
        var writer = new CodeWriter();
        writer.Line("total = totals[0]; // of " + string.Join(" + ", Enumerable.Repeat("transpose(g)", 60)));

        var lines = writer.ToString().TrimEnd('\n').Split('\n');
        Assert.True(lines.Length > 3);
        Assert.All(lines.Skip(1), line => Assert.StartsWith("//", line.TrimStart(), StringComparison.Ordinal));
    }

    [Fact]
    public void What_has_no_blank_stays_whole() => Assert.Null(LineBreak.Of("AnIdentifierThatIsLong", 10));

    private static void Verify(string name, string text)
    {
        var lines = text.Split('\n');
        var longest = lines.Where(line => !line.StartsWith("#error", StringComparison.Ordinal)).MaxBy(line => line.Length)!;
        Assert.True(longest.Length <= 160, $"{name}: {longest.Length} characters: {longest}");
        if (text.Contains("#error", StringComparison.Ordinal))
            return;
        Assert.DoesNotMatch(ThrowingMethod(), text);

        // No two cases say the same.
        var arms = new HashSet<string>();
        foreach (var line in lines.Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)))
        {
            if (Arm().Match(line) is not { Success: true } arm)
                arms.Clear();
            else
                Assert.True(arms.Add(arm.Groups[1].Value), $"{name}: {line.Trim()} twice");
        }
    }

    private static GeneratorRun LibraryRules()
    {
        var folder = Path.Combine(BuildMetadata.GeneratorsFolder, "..", "src", "OptDsl");
        var files = new[] { "Rules", "Schedules" }.SelectMany(part => Directory.GetFiles(Path.Combine(folder, part), "*.cs"))
            .Select(file => new SourceFile(Path.GetFileName(file), "using System;\n" + File.ReadAllText(file)));
        return GeneratorRun.Of(TestCompilation.Create([.. files]));
    }

    [GeneratedRegex(@"ScalarCount = (\d+),")]
    private static partial Regex ScalarCount();

    [GeneratedRegex(@"\[MethodImpl\(MethodImplOptions\.AggressiveInlining\)\]\s+public static void BeginStep\(")]
    private static partial Regex AttributeOfBeginStep();

    [GeneratedRegex(@"\)\s*=>\s*throw |\)\s*\{\s*throw [^;]*;\s*\}")]
    private static partial Regex ThrowingMethod();

    [GeneratedRegex(@"^\s+[\w ]+ => (.*),")]
    private static partial Regex Arm();
}
