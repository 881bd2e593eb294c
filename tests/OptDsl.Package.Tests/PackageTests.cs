using System.IO.Compression;

namespace OptDsl.Package.Tests;

/// <summary>The package as a user gets it: restored from a folder into a fresh project.</summary>
public sealed class PackageTests(PackedLibrary library) : IClassFixture<PackedLibrary>
{
    private const string Momentum = """"
        using OptDsl;

        /// <summary>Heavy-ball momentum with coupled weight decay.</summary>
        [UpdateRule("""
            v = μv + g + λW
            W = W - ηv
            """)]
        [State("v")]
        internal sealed partial class Momentum
        {
            [Hyper("η")] public Schedule LearningRate { get; set; } = 0.1;
            [Hyper("μ")] public double Decay { get; set; } = 0.9;
            [Hyper("λ")] public double WeightDecay { get; set; } = 0.005;
        }

        """";

    [Fact]
    public void Package_holds_library_and_compiler_extensions_and_nothing_else()
    {
        using var package = ZipFile.OpenRead(library.PackagePath("OptDsl"));
        var files = package.Entries.Select(entry => entry.FullName)
            .Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal) && name != "[Content_Types].xml");
        Assert.Equal(
            [
                "LICENSE", "OptDsl.nuspec", "README.md",
                "analyzers/dotnet/cs/OptDsl.CodeFixes.dll", "analyzers/dotnet/cs/OptDsl.Generators.dll", "analyzers/dotnet/cs/OptDsl.Language.dll",
                "buildTransitive/OptDsl.targets", "icon.png", "lib/net10.0/OptDsl.dll", "lib/net10.0/OptDsl.xml",
            ],
            files.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Package_depends_on_no_other()
    {
        using var package = ZipFile.OpenRead(library.PackagePath("OptDsl"));
        using var nuspec = new StreamReader(package.GetEntry("OptDsl.nuspec")!.Open());
        Assert.DoesNotContain("<dependency ", nuspec.ReadToEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("-p:IlcInstructionSet=x86-64-v3", false)]
    [InlineData("-p:PublishAot=false", false)]
    public async Task Native_compilation_is_told_about_wider_vectors_until_it_says_which(string setting, bool isTold)
    {
        var project = await library.CreateConsumerAsync(Program(Momentum + """
            [OptDsl.Schedule("η = a / √t")]
            internal sealed partial class Decaying
            {
                [Hyper("a")] public double Initial { get; set; } = 0.5;
            }
            """));
        (await project.BuildAsync()).Succeeded();
        string[] settings = ["msbuild", "-t:OptDslTellAboutInstructionSet", "-p:RuntimeIdentifier=linux-x64", .. setting == "-p:PublishAot=false" ? [] : new[] { "-p:PublishAot=true" }, .. setting == "" ? [] : new[] { setting }];
        var output = (await project.DotNetAsync(settings)).Succeeded();
        Assert.Equal(isTold ? 1 : 0, output.Split("<IlcInstructionSet>x86-64-v3</IlcInstructionSet>").Length - 1);
    }

    [Fact]
    public async Task Declared_rule_and_schedule_run_in_a_fresh_project()
    {
        var project = await library.CreateConsumerAsync(Program(Momentum + """
            [OptDsl.Schedule("η = a / √t")]
            internal sealed partial class Decaying
            {
                [Hyper("a")] public double Initial { get; set; } = 0.5;
            }
            """));
        (await project.BuildAsync()).Succeeded();
        var output = (await project.RunAsync()).Succeeded();
        Assert.Equal(["10.036 -0.36", "0.25"], output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Wrong_formula_fails_the_build_with_its_diagnostic()
    {
        var project = await library.CreateConsumerAsync(Broken);
        var result = await project.BuildAsync();
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("Program.cs(3,23): error OPT102: 'q'", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_formula_fails_the_build_once_without_analyzers()
    {
        var project = await library.CreateConsumerAsync(Broken);
        var result = await project.BuildAsync("-p:RunAnalyzers=false", "-v:q", "-consoleLoggerParameters:NoSummary");
        Assert.NotEqual(0, result.ExitCode);
        var errors = result.Output.Split('\n').Where(line => line.Contains("error", StringComparison.Ordinal)).Distinct();
        Assert.Contains("OPT102: 'q'", Assert.Single(errors), StringComparison.Ordinal);
    }

    private const string Broken = """
        using OptDsl;
        new Sgd().Update(1, new double[1], new double[1]);
        [UpdateRule("W = W - ηq")]
        internal sealed partial class Sgd
        {
            [Hyper("η")] public double LearningRate { get; set; } = 0.1;
        }
        """;

    private static string Program(string declarations) => """
        using System.Globalization;

        """ + declarations.Replace("using OptDsl;", """
        using OptDsl;

        double[] W = [10.0], g = [-0.5], v = [0.1];
        new Momentum().Update(1, W, g, v);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{W[0]:0.######} {v[0]:0.######}"));
        Console.WriteLine(new Decaying().At(4).ToString(CultureInfo.InvariantCulture));

        """, StringComparison.Ordinal);
}
