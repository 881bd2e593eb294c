using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using OptDsl.Generators.Tests.Infrastructure;
using OptDsl.Language.Backends.CSharp;

namespace OptDsl.Generators.Tests.Incrementality;

/// <summary>The pipeline holds values that compare by content and keep no compilation alive.</summary>
public sealed class PipelineDataTests
{
    private const string Source = """
        using OptDsl;
        [UpdateRule("v = μv + g; W = W - ηv"), State("v")]
        partial class Momentum
        {
            [Hyper("η")] public Schedule LearningRate { get; set; } = 0.1;
            [Hyper("μ")] public int Decay { get; set; } = 0.9;
        }
        """;

    [Fact]
    public void Same_source_twice_gives_equal_declarations_and_hashes()
    {
        var (first, second) = (Declaration(Source), Declaration(Source));
        Assert.NotSame(first, second);
        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
    }

    [Theory]
    [InlineData("ηv", "2ηv")]
    [InlineData("State(\"v\")", "State(\"v\", Output = true)")]
    [InlineData("0.1", "0.2")]
    [InlineData("LearningRate", "StepSize")]
    [InlineData("Momentum", "HeavyBall")]
    [InlineData("int", "string")]
    public void Different_sources_give_different_declarations(string old, string changed) =>
        Assert.NotEqual(Declaration(Source), Declaration(Source.Replace(old, changed, StringComparison.Ordinal)));

    [Fact]
    public void Everything_tracked_is_free_of_symbols_syntax_and_compilations()
    {
        var result = GeneratorRun.Of(Source).Result.Results.Single();
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var (value, _) in result.TrackedSteps[RuleGenerator.DeclarationStep].SelectMany(step => step.Outputs))
            Walk(value, "declaration", seen);
        Assert.True(seen.Count > 10);
    }

    private static void Walk(object? value, string path, HashSet<object> seen)
    {
        if (value is null || value is string || value.GetType().IsPrimitive || value.GetType().IsEnum || !seen.Add(value))
            return;
        Assert.False(
            value is ISymbol or Compilation or SyntaxNode or SyntaxTree or SemanticModel or Location or Diagnostic or AttributeData,
            $"{path} is a {value.GetType().Name}");
        if (value is IEnumerable items)
        {
            foreach (var item in items)
                Walk(item, $"{path}[]", seen);
        }

        for (var type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                Walk(field.GetValue(value), $"{path}.{field.Name}", seen);
        }
    }

    private static RuleDeclaration Declaration(string source) =>
        (RuleDeclaration)GeneratorRun.Of(source).Result.Results.Single().TrackedSteps[RuleGenerator.DeclarationStep].Single().Outputs.Single().Value;
}
