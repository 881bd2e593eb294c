using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OptDsl.Generators.Tests.Infrastructure;
using OptDsl.Generators.Tests.Kernels;
using OptDsl.Language.Backends.CSharp;
using OptDsl.Language.Operations;

namespace OptDsl.Generators.Tests.Architecture;

/// <summary>What generated code needs of the runtime is written down in one place, and is there.</summary>
public sealed class RuntimeContractTests
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.FlattenHierarchy;

    [Fact]
    public void Every_name_of_the_contract_is_a_name_of_the_runtime()
    {
        foreach (var (type, members) in Contract())
        {
            var actual = typeof(UpdateRuleAttribute).Assembly.GetExportedTypes().Where(candidate => candidate.Name.Split('`')[0] == type).ToList();
            Assert.True(actual.Count > 0, $"The runtime has no public type {type}.");
            var names = actual.SelectMany(candidate => candidate.GetMembers(All).Concat(candidate.GetInterfaces().SelectMany(other => other.GetMembers(All))))
                .Where(member => member is not MethodBase { IsPrivate: true } or MethodBase { IsAssembly: true }).Select(member => member.Name).ToHashSet();
            Assert.All(members, member => Assert.True(names.Contains(member), $"{type} has no {member}."));
        }
    }

    [Fact]
    public void Generated_code_uses_no_other_name_of_the_runtime()
    {
        var contract = Contract();
        var functions = OperationTable.All.Select(entry => entry.Value.Kernel?.Element).OfType<string>().ToHashSet();
        var run = GeneratorRun.Of([.. PublishedRulesTests.Rules.Select(rule => RuleCode.Of(rule.Source, rule.Name))]);
        var cancellation = TestContext.Current.CancellationToken;
        foreach (var tree in run.Result.GeneratedTrees)
        {
            var model = run.Compilation.GetSemanticModel(tree);
            foreach (var name in tree.GetRoot(cancellation).DescendantNodes().OfType<SimpleNameSyntax>())
            {
                var symbol = model.GetSymbolInfo(name, cancellation).Symbol;
                if (symbol?.ContainingAssembly?.Name != "OptDsl" || symbol is INamespaceSymbol)
                    continue;
                var type = symbol as INamedTypeSymbol ?? symbol.ContainingType;
                Assert.True(contract.ContainsKey(type.Name), $"{type.Name} is not in the contract.");
                if (symbol is IMethodSymbol { MethodKind: not MethodKind.Constructor } or IPropertySymbol or IFieldSymbol)
                    Assert.True(contract.Values.Any(members => members.Contains(symbol.Name)) || functions.Contains(symbol.Name), $"{symbol} is not in the contract.");
            }
        }
    }

    private static Dictionary<string, List<string>> Contract() => typeof(RuntimeContract).GetNestedTypes(All).ToDictionary(
        type => type.Name,
        type => type.GetFields(All).Select(field => ((string)field.GetRawConstantValue()!).Split('.')[^1]).Where(name => name != type.Name).ToList());
}
