using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Generators.Tests.Formulas;

/// <summary>Builds rule sources from a few words: <c>Rule.Source("W = W - ηg", states: "m v", hypers: "η")</c>.</summary>
internal static partial class Rule
{
    public static RuleModel Model(RuleSource source)
    {
        var compiled = FormulaCompiler.Compile(source, TestContext.Current.CancellationToken);
        Assert.True(compiled.Model is not null, string.Join("\n", compiled.Errors.Select(error => Show(source, error))));
        return compiled.Model;
    }

    public static string Show(RuleSource source, FormulaError error)
    {
        var text = error.Text switch
        {
            { State: { } state, Argument: "When" } => source.States[state].When,
            { State: { } state } => source.States[state].Initial,
            _ => source.Formulas,
        };
        return $"{error.Id} «{text.Substring(error.Span.Start, error.Span.Length)}» {error.Message}";
    }
}
