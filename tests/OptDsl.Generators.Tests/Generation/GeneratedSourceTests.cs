using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;
using OptDsl.Generators.Tests.Infrastructure;
using OptDsl.Language;

namespace OptDsl.Generators.Tests.Generation;

/// <summary>The generator adds what the language writes, and the compiler has nothing to say about it.</summary>
public sealed class GeneratedSourceTests
{
    [Fact]
    public async Task Generated_file_is_the_kernels_that_the_language_writes()
    {
        const string formulas = "m = βm + (1-β)g; W = W - ηm";
        var kernels = OptimizerRule.Compile(
            new RuleDefinition(formulas)
            {
                States = [new StateDefinition("m")],
                Hypers = [new HyperDefinition("η") { Name = "Rate", Default = 0.1 }, new HyperDefinition("β") { Name = "Decay", Min = 0, Max = 0.999, Default = 0.9 }],
            },
            "Averaged",
            TestContext.Current.CancellationToken).WriteKernels("Demo");
        var test = new GeneratorTest
        {
            TestCode = $$"""
                using OptDsl;
                namespace Demo;
                [UpdateRule("{{formulas}}")]
                [State("m")]
                internal sealed partial class Averaged
                {
                    [Hyper("η")] public double Rate { get; set; } = 0.1;
                    [Hyper("β", Min = 0, Max = 0.999)] public double Decay { get; set; } = 0.9;
                }
                """,
        };
        test.TestState.GeneratedSources.Add((typeof(RuleGenerator), "Demo.Averaged.g.cs", SourceText.From(kernels, Encoding.UTF8)));
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    private sealed class GeneratorTest : CSharpSourceGeneratorTest<RuleGenerator, DefaultVerifier>
    {
        public GeneratorTest()
        {
            ReferenceAssemblies = new ReferenceAssemblies("net10.0");
            TestState.AdditionalReferences.AddRange(TestCompilation.References);
        }

        protected override CompilationOptions CreateCompilationOptions() => TestCompilation.Options;

        protected override ParseOptions CreateParseOptions() => TestCompilation.ParseOptions;
    }
}
