using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace OptDsl.Generators.Tests.Infrastructure;

/// <summary>One run of the generator, under a culture that writes numbers as C# cannot read them.</summary>
internal sealed class GeneratorRun
{
    private GeneratorRun(Compilation compilation, GeneratorDriverRunResult result)
    {
        Compilation = compilation;
        Result = result;
    }

    /// <summary>The compilation with the generated files.</summary>
    public Compilation Compilation { get; }

    public GeneratorDriverRunResult Result { get; }

    public ImmutableArray<GeneratedSourceResult> Files => Result.Results.Single().GeneratedSources;

    /// <summary>The text of the only generated file.</summary>
    public string Text => Files.Single().SourceText.ToString();

    public static GeneratorRun Of(params string[] sources) => Of(TestCompilation.Create(SourceFile.Numbered(sources)));

    public static GeneratorRun Of(CSharpCompilation compilation)
    {
        var result = UnderForeignCulture(() => Driver().RunGeneratorsAndUpdateCompilation(
            compilation, out var updated, out var diagnostics, TestContext.Current.CancellationToken) is var driver
                ? (Driver: driver, Updated: updated, Diagnostics: diagnostics)
                : default);
        Assert.Empty(result.Diagnostics);
        var run = result.Driver.GetRunResult();
        Assert.Null(run.Results.Single().Exception);
        return new GeneratorRun(result.Updated, run);
    }

    public static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new RuleGenerator().AsSourceGenerator()],
        parseOptions: TestCompilation.ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Runs under a culture whose minus sign is not ASCII and whose decimal separator is a comma.</summary>
    public static T UnderForeignCulture<T>(Func<T> action)
    {
        var usual = CultureInfo.CurrentCulture;
        var foreign = (CultureInfo)CultureInfo.GetCultureInfo("sv-SE").Clone();
        foreign.NumberFormat.NegativeSign = "\u2212";
        foreign.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = foreign;
        try
        {
            return action();
        }
        finally
        {
            CultureInfo.CurrentCulture = usual;
        }
    }
}
