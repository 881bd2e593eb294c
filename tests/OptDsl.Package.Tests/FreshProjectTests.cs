namespace OptDsl.Package.Tests;

/// <summary>What the README says about a project that one has: <c>dotnet new console</c> and <c>dotnet add package</c>, in each language of .NET.</summary>
public sealed class FreshProjectTests(PackedLibrary library) : IClassFixture<PackedLibrary>
{
    private const string CSharp = """"
        using OptDsl;

        double[] weights = [3, -2], gradient = new double[2];
        var optimizer = new Optimizer<double> { Clipping = GradientClipping.ByGlobalNorm(10) };
        var group = optimizer.Add(new Momentum { LearningRate = 0.1 }, new Parameter<double>("weights", weights, gradient));
        for (var step = 1; step <= 200; step++)
        {
            (gradient[0], gradient[1]) = (weights[0] - 1, weights[1] - 2);
            optimizer.Step();
        }

        group.LearningRate = 0.01;
        Console.WriteLine(optimizer.Summary());
        Console.WriteLine(FormattableString.Invariant($"{weights[0]:0.000} {weights[1]:0.000}"));

        [UpdateRule("""
            v = μv + g
            W = W - ηv
            """)]
        [State("v")]
        internal sealed partial class Momentum
        {
            [Hyper("η", Min = 0)] public Schedule LearningRate { get; set; } = 0.1;
            [Hyper("μ", Min = 0, Max = 0.999)] public double Decay { get; set; } = 0.5;
        }
        """";

    private const string FSharp = """
        open System
        open OptDsl
        open OptDsl.Rules
        open OptDsl.Schedules

        let weights = [| 3.0; -2.0 |]
        let gradient = Array.zeroCreate<float> 2
        let optimizer = Optimizer<float>(Clipping = GradientClipping.ByGlobalNorm 10.0)
        let rule = Momentum(LearningRate = WarmUpCosine(Peak = 0.1, WarmUpSteps = 10, Steps = 1000, Final = 0.05), Decay = 0.5)
        let group = optimizer.Add(rule, Parameter<float>("weights", weights, gradient))
        for step in 1 .. 200 do
            gradient[0] <- weights[0] - 1.0
            gradient[1] <- weights[1] - 2.0
            optimizer.Step() |> ignore

        group.LearningRate <- 0.01
        optimizer.Freeze(fun name -> name = "none") |> ignore
        let slower = Schedule.From(fun step -> 0.1 / float step)
        Console.WriteLine(optimizer.Summary())
        Console.WriteLine(FormattableString.Invariant($"{weights[0]:F3} {weights[1]:F3}"))
        """;

    private const string VisualBasic = """
        Imports System
        Imports OptDsl
        Imports OptDsl.Rules
        Imports OptDsl.Schedules

        Module Program
            Sub Main()
                Dim weights = {3.0, -2.0}
                Dim gradient(1) As Double
                Dim optimizer As New Optimizer(Of Double) With {.Clipping = GradientClipping.ByGlobalNorm(10)}
                Dim rate As New WarmUpCosine With {.Peak = 0.1, .WarmUpSteps = 10, .Steps = 1000, .Final = 0.05}
                Dim group = optimizer.Add(New Momentum With {.LearningRate = rate, .Decay = 0.5}, New Parameter(Of Double)("weights", weights, gradient))
                For t = 1 To 200
                    gradient(0) = weights(0) - 1
                    gradient(1) = weights(1) - 2
                    optimizer.Step()
                Next
                group.LearningRate = 0.01
                optimizer.Freeze(Function(name) name = "none")
                Console.WriteLine(optimizer.Summary())
                Console.WriteLine(FormattableString.Invariant($"{weights(0):F3} {weights(1):F3}"))
            End Sub
        End Module
        """;

    [Theory]
    [InlineData("C#", "12", "Program.cs", CSharp)]
    [InlineData("C#", "latest", "Program.cs", CSharp)]
    [InlineData("F#", null, "Program.fs", FSharp)]
    [InlineData("VB", null, "Program.vb", VisualBasic)]
    public async Task A_console_project_with_the_package_runs(string language, string? version, string file, string program)
    {
        var folder = await library.CreateFolderAsync();
        string[] hive = ["--debug:custom-hive", Path.Combine(folder.Folder, "hive")];
        (await folder.DotNetAsync(["new", "console", "-lang", language, "-n", "App", .. version is null ? [] : new[] { "--langVersion", version }, .. hive])).Succeeded();
        var project = folder with { Folder = Path.Combine(folder.Folder, "App") };
        (await project.DotNetAsync("add", "package", "OptDsl", "--version", PackedLibrary.Version)).Succeeded();
        await File.WriteAllTextAsync(Path.Combine(project.Folder, file), program, TestContext.Current.CancellationToken);
        (await project.BuildAsync("-p:TreatWarningsAsErrors=true")).Succeeded();
        var output = (await project.RunAsync()).Succeeded().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["step 200: 1 parameter, 2 elements, 16 B of states", "1.000 2.000"], output[^2..]);
        Assert.Matches("^weights +Momentum +0.01 ", output[^3]);
    }
}
