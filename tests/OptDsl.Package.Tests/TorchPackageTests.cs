using System.IO.Compression;
using System.Xml.Linq;

namespace OptDsl.Package.Tests;

/// <summary>The package for TorchSharp, and the language library that it needs at run time.</summary>
public sealed class TorchPackageTests(PackedLibrary library) : IClassFixture<PackedLibrary>
{
    [Fact]
    public void Package_for_TorchSharp_holds_no_libtorch()
    {
        using var package = Open("OptDsl.Torch");
        Assert.Equal(
            [
                "LICENSE", "OptDsl.Torch.nuspec", "README.md", "buildTransitive/OptDsl.Torch.targets", "buildTransitive/SleepingThreads.cs", "icon.png",
                "lib/net10.0/OptDsl.Torch.dll", "lib/net10.0/OptDsl.Torch.xml",
            ],
            Files(package));
        Assert.Equal(["OptDsl", "OptDsl.Language", "TorchSharp"], Dependencies(package, "OptDsl.Torch").Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Package_for_TorchSharp_brings_the_generator_and_the_analyzers()
    {
        using var package = Open("OptDsl.Torch");
        Assert.DoesNotContain("Analyzers", Dependencies(package, "OptDsl.Torch")["OptDsl"], StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Package_of_the_language_depends_on_no_other()
    {
        using var package = Open("OptDsl.Language");
        Assert.Contains("lib/netstandard2.0/OptDsl.Language.dll", Files(package));
        Assert.Empty(Dependencies(package, "OptDsl.Language"));
    }

    /// <summary>With the packages that a user's project names, and no other setting: a rule declared there trains, and libtorch's threads are asked to sleep.</summary>
    [Fact]
    public async Task A_fresh_project_trains_with_a_rule_that_it_declares()
    {
        var project = await library.CreateConsumerAsync(Training, $"""
            <PackageReference Include="OptDsl.Torch" Version="{PackedLibrary.Version}" />
                <PackageReference Include="TorchSharp-cpu" Version="{PackedLibrary.Metadata("TorchSharpVersion")}" />
            """, PackedLibrary.Metadata("PackagesFolder"));
        (await project.BuildAsync(ForThisMachine(project))).Succeeded();
        var run = await project.RunAsync();
        if (run.ExitCode != 0 && Environment.GetEnvironmentVariable("OPTDSL_REQUIRE_TORCH") != "1" && run.Error.Contains("libtorch", StringComparison.Ordinal))
            Assert.Skip("libtorch cannot be loaded here: it needs a C++ runtime with GLIBCXX_3.4.32. See .ci/newer-cpp-runtime.sh.");
        Assert.Equal(["asked to sleep: True", "the rule: Signed, 2 tensors", "falls: True", "resumes: True"], run.Succeeded().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    private const string Training = """"
        using OptDsl;
        using OptDsl.Torch;
        using TorchSharp;

        torch.manual_seed(1);
        var model = torch.nn.Linear(4, 2);
        using var optimizer = model.Optimize(lr: 0.05, rate => new Signed { Rate = rate });
        var schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.05, total_steps: 60);
        var (input, target) = (torch.randn(32, 4), torch.randn(32, 2));
        var losses = new List<float>();
        for (var step = 0; step < 50; step++)
        {
            optimizer.zero_grad();
            var loss = torch.nn.functional.mse_loss(model.forward(input), target);
            loss.backward();
            optimizer.step();
            schedule.step();
            losses.Add(loss.item<float>());
        }

        optimizer.Save("optimizer.safetensors");
        using var second = model.Optimize(lr: 1, rate => new Signed { Rate = rate });
        second.Load("optimizer.safetensors");
        Console.WriteLine($"asked to sleep: {TorchThreads.AreAsked}");
        Console.WriteLine($"the rule: {optimizer.Groups[0].Rule.Description.Name}, {optimizer.Groups[0].NamedParameters.Count} tensors");
        Console.WriteLine($"falls: {losses[^1] < 0.9 * losses[0]}");
        Console.WriteLine($"resumes: {second.StepsOf("weight") == 50 && second.Groups[0].LearningRate == optimizer.Groups[0].LearningRate}");

        [UpdateRule("""
            v = μv + (1-μ)g
            W = W - η sign(v)
            """)]
        [State("v")]
        internal sealed partial class Signed
        {
            [Hyper("η", Min = 0)] public double Rate { get; set; } = 0.1;
            [Hyper("μ", Min = 0, Max = 0.999)] public double Momentum { get; set; } = 0.9;
        }
        """";

    // Only for the tests: libtorch of one platform, linked and not copied, and run on a newer C++ runtime where the system's is too old.
    private static string[] ForThisMachine(ConsumerProject project)
    {
        File.WriteAllText(Path.Combine(project.Folder, "Directory.Build.targets"), File.ReadAllText(PackedLibrary.Metadata("LibTorchProps"))
            .Replace("""<PackageReference Include="TorchSharp-cpu" />""", "", StringComparison.Ordinal));
        return ["-r", PackedLibrary.Metadata("RuntimeIdentifier"), "--no-self-contained", "-p:AppendRuntimeIdentifierToOutputPath=false", "-p:CreateHardLinksForCopyLocalIfPossible=true"];
    }

    private ZipArchive Open(string name) => ZipFile.OpenRead(library.PackagePath(name));

    private static IEnumerable<string> Files(ZipArchive package) => package.Entries.Select(entry => entry.FullName)
        .Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal) && name != "[Content_Types].xml")
        .Order(StringComparer.Ordinal);

    private static Dictionary<string, string> Dependencies(ZipArchive package, string name)
    {
        using var nuspec = package.GetEntry($"{name}.nuspec")!.Open();
        return XDocument.Load(nuspec).Descendants().Where(element => element.Name.LocalName == "dependency")
            .ToDictionary(element => element.Attribute("id")!.Value, element => element.Attribute("exclude")?.Value ?? "");
    }
}
