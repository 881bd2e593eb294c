using Microsoft.CodeAnalysis;

namespace OptDsl.Benchmarks.Generation;

/// <summary>Asks for the attribute of rules, and does nothing with them.</summary>
internal sealed class EmptyGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var rules = context.SyntaxProvider.ForAttributeWithMetadataName("OptDsl.UpdateRuleAttribute", static (_, _) => true, static (_, _) => true);
        context.RegisterSourceOutput(rules, static (_, _) => { });
    }
}
