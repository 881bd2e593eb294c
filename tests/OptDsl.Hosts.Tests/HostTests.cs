using Microsoft.CodeAnalysis;
using OptDsl.CodeFixes.Formulas;

namespace OptDsl.Generators.Tests;

/// <summary>The tests of this project run where they say.</summary>
public sealed class HostTests
{
    [Theory]
    [InlineData(typeof(RuleGenerator))]
    [InlineData(typeof(FormulaFixProvider))]
    public void Assemblies_that_were_built_against_the_oldest_compiler_run_in_the_newest(Type type)
    {
        var builtAgainst = type.Assembly.GetReferencedAssemblies().Single(name => name.Name == "Microsoft.CodeAnalysis").Version!;
        Assert.Equal(new Version(4, 14), new Version(builtAgainst.Major, builtAgainst.Minor));
        var host = typeof(Compilation).Assembly.GetName().Version!;
        Assert.Equal(new Version(5, 12), new Version(host.Major, host.Minor));
    }
}
