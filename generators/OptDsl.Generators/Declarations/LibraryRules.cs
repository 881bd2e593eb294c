using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using OptDsl.Language.Checks;
using OptDsl.Language.Checks.Analysis;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Generators.Declarations;

/// <summary>The rules of the runtime, read from their attributes once for each of its symbols.</summary>
internal static class LibraryRules
{
    private const string Root = "OptDsl";
    private const string Rules = "Rules";
    private static readonly ConditionalWeakTable<IAssemblySymbol, List<LibraryRule>> s_libraries = new();
    private static readonly ConditionalWeakTable<IAssemblySymbol, Neighbours> s_neighbours = new();

    public static IReadOnlyList<LibraryRule> Of(IAssemblySymbol runtime, Compilation compilation, CancellationToken cancellation)
    {
        var rules = s_libraries.GetOrCreateValue(runtime);
        lock (rules)
        {
            if (rules.Count == 0)
                rules.AddRange(Read(runtime, compilation, cancellation));
            return [.. rules];
        }
    }

    /// <summary>What tells which rule of the runtime, or composition of one, a rule is one slip away from.</summary>
    public static Neighbours Neighbours(IAssemblySymbol runtime, Compilation compilation, CancellationToken cancellation)
    {
        if (s_neighbours.TryGetValue(runtime, out var known))
            return known;
        var found = new Neighbours(Compositions.Of(Of(runtime, compilation, cancellation).Select(rule => new NamedRule(rule.Type.Name, rule.Rule)), cancellation));
        return s_neighbours.GetValue(runtime, _ => found);
    }

    private static IEnumerable<LibraryRule> Read(IAssemblySymbol runtime, Compilation compilation, CancellationToken cancellation)
    {
        var space = runtime.GlobalNamespace.GetNamespaceMembers().FirstOrDefault(space => space.Name == Root)?.GetNamespaceMembers().FirstOrDefault(space => space.Name == Rules);
        foreach (var type in space?.GetTypeMembers() ?? [])
        {
            if (DeclarationReader.Read(type, compilation, cancellation) is { } declaration && CompiledRules.Of(declaration.Source, cancellation).Model is { Source.Kind: RuleKind.UpdateRule } model)
                yield return new LibraryRule(type, new ComparableRule(model));
        }
    }
}

/// <summary>A rule of the library.</summary>
internal sealed record LibraryRule(INamedTypeSymbol Type, ComparableRule Rule)
{
    public RuleModel Model => Rule.Model;
}
