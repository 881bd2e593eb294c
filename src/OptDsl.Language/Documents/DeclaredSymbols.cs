using System.Globalization;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Binding;

namespace OptDsl.Language.Documents;

/// <summary>Holds the declarations of a header against each other.</summary>
internal static class DeclaredSymbols
{
    public static IEnumerable<HeaderProblem> Check(RuleDocument document)
    {
        var source = document.Source;
        var taken = new HashSet<string>();
        if (source.Kind == RuleKind.UpdateRule)
        {
            taken.Add(Name(source.Parameter, source));
            taken.Add(Name(source.Gradient, source));
        }

        taken.Add(Name(source.Step, source));
        foreach (var entry in document.Entries)
        {
            var symbol = document.Text.Substring(entry.Symbol.Start, entry.Symbol.Length);
            if (SymbolNames.NormalizeState(symbol, source.Step) is null && SymbolNames.Normalize(symbol) is null)
                yield return new HeaderProblem(entry.Symbol, $"'{symbol}' is no name: write letters, then digits, subscripts and accents");
            else if (!taken.Add(Name(symbol, source)))
                yield return new HeaderProblem(entry.Symbol, $"'{symbol}' is declared already");
            if (!entry.IsHyper && source.Kind == RuleKind.Schedule)
                yield return new HeaderProblem(entry.Symbol, "a schedule has no states: its value depends on the step alone");
        }

        foreach (var (hyper, entry) in source.Hypers.Zip(document.Entries.Where(entry => entry.IsHyper), (hyper, entry) => (hyper, entry)))
        {
            if (hyper.Min > hyper.Max)
                yield return new HeaderProblem(entry.Range ?? entry.Symbol, "the range is empty");
            else if (hyper.Default is { } value && (value < hyper.Min || value > hyper.Max))
                yield return new HeaderProblem(entry.Value ?? entry.Symbol, $"the default {value.ToString("R", CultureInfo.InvariantCulture)} is outside the range");
        }
    }

    private static string Name(string symbol, RuleSource source) =>
        SymbolNames.NormalizeState(symbol, source.Step)?.Name ?? SymbolNames.Normalize(symbol) ?? symbol;
}
