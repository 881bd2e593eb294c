using Microsoft.CodeAnalysis.Testing;

namespace OptDsl.Generators.Tests.Infrastructure;

/// <summary>What all tests of analyzers and fixes have in common.</summary>
internal static class TestSetup
{
    public static void Of<TVerifier>(AnalyzerTest<TVerifier> test)
        where TVerifier : IVerifier, new()
    {
        // The references are those of a real build; nothing is loaded for them from a feed.
        test.ReferenceAssemblies = new ReferenceAssemblies("net10.0");
        test.TestState.AdditionalReferences.AddRange(TestCompilation.References);

        // Sources of tests may be broken. What the compiler says of generated files is for the tests of the generator.
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        test.TestBehaviors |= TestBehaviors.SkipGeneratedSourcesCheck;
    }
}
