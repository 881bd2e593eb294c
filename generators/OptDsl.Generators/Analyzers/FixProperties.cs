using System.Collections.Immutable;
using System.Globalization;
using OptDsl.Language.Formulas.Diagnostics;
using FormulaSpan = OptDsl.Language.Formulas.TextSpan;

namespace OptDsl.Generators.Analyzers;

/// <summary>Carries the edits that mend a diagnostic from the analyzer to the code fix, in the diagnostic's properties.</summary>
internal static class FixProperties
{
    private const string Replace = "replace";
    private const string DeclareHyper = "hyper";
    private const string DeclareState = "state";

    public static ImmutableDictionary<string, string?> Write(ImmutableArray<FormulaFix> fixes)
    {
        var properties = ImmutableDictionary.CreateBuilder<string, string?>();
        for (var i = 0; i < fixes.Length; i++)
        {
            properties.Add(Key(i, "title"), fixes[i].Title);
            switch (fixes[i])
            {
                case ReplaceFix replace:
                    properties.Add(Key(i, "kind"), Replace);
                    properties.Add(Key(i, "start"), replace.Span.Start.ToString(CultureInfo.InvariantCulture));
                    properties.Add(Key(i, "length"), replace.Span.Length.ToString(CultureInfo.InvariantCulture));
                    properties.Add(Key(i, "text"), replace.NewText);
                    break;
                case DeclareHyperFix hyper:
                    properties.Add(Key(i, "kind"), DeclareHyper);
                    properties.Add(Key(i, "text"), hyper.Symbol);
                    break;
                case DeclareStateFix state:
                    properties.Add(Key(i, "kind"), DeclareState);
                    properties.Add(Key(i, "text"), state.Symbol);
                    break;
            }
        }

        return properties.ToImmutable();
    }

    public static ImmutableArray<FormulaFix> Read(ImmutableDictionary<string, string?> properties)
    {
        var fixes = ImmutableArray.CreateBuilder<FormulaFix>();
        for (var i = 0; properties.TryGetValue(Key(i, "kind"), out var kind); i++)
        {
            var title = properties[Key(i, "title")]!;
            var text = properties[Key(i, "text")]!;
            fixes.Add(kind switch
            {
                DeclareHyper => new DeclareHyperFix(title, text),
                DeclareState => new DeclareStateFix(title, text),
                _ => new ReplaceFix(title, new FormulaSpan(Number(i, "start"), Number(i, "length")), text),
            });
        }

        return fixes.ToImmutable();

        int Number(int index, string name) => int.Parse(properties[Key(index, name)]!, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private static string Key(int index, string name) => $"fix{index.ToString(CultureInfo.InvariantCulture)}.{name}";
}
