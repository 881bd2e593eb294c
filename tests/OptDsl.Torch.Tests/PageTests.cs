using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using OptDsl.Generators.Tests.Documentation;
using OptDsl.Torch.Tests.Infrastructure;

namespace OptDsl.Torch.Tests;

/// <summary>The blocks of the package's page, as they are printed, in a project with the SDK's implicit usings.</summary>
public sealed class PageTests
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly MarkdownPage s_page = MarkdownPage.Read(
        typeof(PageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Page").Value!);

    /// <summary>A block without usings of its own goes on with the program before it.</summary>
    private static IEnumerable<string> Programs
    {
        get
        {
            var programs = new List<string>();
            foreach (var block in s_page.Blocks("csharp"))
            {
                if (block.Text.StartsWith("using ", StringComparison.Ordinal))
                    programs.Add(block.Text);
                else
                    programs[^1] += block.Text;
            }

            return programs;
        }
    }

    [TorchFact]
    public void Every_block_compiles_and_every_program_runs()
    {
        var programs = Programs.ToList();
        Assert.Equal(4, programs.Count);
        foreach (var program in programs)
        {
            var isProgram = CSharpSyntaxTree.ParseText(program).GetCompilationUnitRoot().Members.Any(member => member.IsKind(Microsoft.CodeAnalysis.CSharp.SyntaxKind.GlobalStatement));
            using var image = new MemoryStream();
            var compilation = Compile(program, isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary);
            var result = compilation.Emit(image);
            Assert.True(result.Success, string.Join('\n', result.Diagnostics));
            Assert.DoesNotContain(result.Diagnostics, diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
            if (isProgram)
                Assembly.Load(image.ToArray()).EntryPoint!.Invoke(null, [Array.Empty<string>()]);
        }
    }

    [TorchFact]
    public void The_rule_that_the_page_declares_trains()
    {
        using var image = new MemoryStream();
        var declaration = Programs.Single(program => program.Contains("class MyRule", StringComparison.Ordinal));
        Assert.True(Compile(declaration, OutputKind.DynamicallyLinkedLibrary).Emit(image).Success);
        var type = Assembly.Load(image.ToArray()).GetType("MyRule")!;
        using var scope = TorchSharp.torch.NewDisposeScope();
        var weight = new TorchSharp.Modules.Parameter(TorchSharp.torch.ones(3));
        var optimizer = new[] { weight }.Optimize(0.1, rate =>
        {
            var rule = (IUpdateRule)Activator.CreateInstance(type)!;
            type.GetProperty("Rate")!.SetValue(rule, rate);
            return rule;
        });
        for (var step = 0; step < 50; step++)
        {
            optimizer.zero_grad();
            weight.square().sum().backward();
            optimizer.step();
        }

        Assert.InRange(weight.detach().square().sum().item<float>(), 0, 0.3f);
    }

    private static Compilation Compile(string source, OutputKind kind)
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        var compilation = CSharpCompilation.Create(
            $"Page{Guid.NewGuid():N}",
            [CSharpSyntaxTree.ParseText(ImplicitUsings, options), CSharpSyntaxTree.ParseText(source, options, "Program.cs", System.Text.Encoding.UTF8)],
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(kind, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create([new Generators.RuleGenerator().AsSourceGenerator()], parseOptions: options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var updated, out var diagnostics, TestContext.Current.CancellationToken);
        Assert.Empty(diagnostics);
        return updated;
    }
}
