using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Diagnostics;

namespace OptDsl.Language.Documents;

/// <summary>Declares what formulas name and nothing declares: what they read before they assign it is a state, what they only read a hyper-parameter.</summary>
internal static class MissingDeclarations
{
    private const int Rounds = 8;
    private const int Most = 64;

    /// <summary>The document with a source that declares more than its header.</summary>
    public static RuleDocument Add(RuleDocument document)
    {
        var source = document.Source;
        for (var round = 0; round < Rounds; round++)
        {
            var before = source;
            foreach (var fix in FormulaCompiler.Compile(source).Errors.Select(Declaration).OfType<FormulaFix>())
                source = Declare(source, fix);
            if (ReferenceEquals(before, source) || source.States.Count + source.Hypers.Count > Most)
                break;
        }

        return document with { Source = source };
    }

    /// <summary>The declaration that mends an error; a long name that is nearly a known one is rather a slip.</summary>
    private static FormulaFix? Declaration(FormulaError error) => error.Fixes.FirstOrDefault() is ReplaceFix && error.Span.Length > 2
        ? null
        : error.Fixes.FirstOrDefault(fix => fix is DeclareHyperFix or DeclareStateFix);

    private static RuleSource Declare(RuleSource source, FormulaFix fix) => fix switch
    {
        DeclareStateFix state => source with
        {
            States = source.States.Items.AddRange(state.Symbol.Split('\n').Where(symbol => source.States.All(other => other.Symbol != symbol))
                .Select(symbol => new StateSource(symbol, "0", Cardinality.PerElement, Output: false))),
        },
        DeclareHyperFix hyper when source.Hypers.All(other => other.Symbol != hyper.Symbol) => source with
        {
            Hypers = source.Hypers.Items.Add(UsualHypers.For(hyper.Symbol, HasStepSize(source))),
        },
        _ => source,
    };

    private static bool HasStepSize(RuleSource source) =>
        source.Hypers.Any(hyper => hyper.Type == HyperType.Schedule) || source.Formulas.IndexOf('η') >= 0 || source.Formulas.Contains("\\eta") || source.Formulas.Contains("lr");
}
