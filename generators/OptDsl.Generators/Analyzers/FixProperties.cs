using System.Collections.Immutable;
using System.Globalization;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas.Diagnostics;
using FormulaSpan = OptDsl.Language.Formulas.TextSpan;

namespace OptDsl.Generators.Analyzers;

/// <summary>Carries the edits that mend a diagnostic from the analyzer to the code fix, in the diagnostic's properties.</summary>
internal static class FixProperties
{
    private const string Replace = "replace";
    private const string Edits = "edits";
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
                case EditsFix { Declares: null } edits:
                    properties.Add(Key(i, "kind"), Edits);
                    properties.Add(Key(i, "start"), string.Join(" ", edits.Edits.Select(edit => edit.Span.Start.ToString(CultureInfo.InvariantCulture))));
                    properties.Add(Key(i, "length"), string.Join(" ", edits.Edits.Select(edit => edit.Span.Length.ToString(CultureInfo.InvariantCulture))));
                    properties.Add(Key(i, "text"), string.Join("\0", edits.Edits.Select(edit => edit.NewText)));
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
                Edits => new EditsFix(title, [.. Numbers(i, "start").Zip(Numbers(i, "length"), (start, length) => new FormulaSpan(start, length)).Zip(text.Split('\0'), (span, part) => new FormulaEdit(span, part))]),
                _ => new ReplaceFix(title, new FormulaSpan(Numbers(i, "start")[0], Numbers(i, "length")[0]), text),
            });
        }

        return fixes.ToImmutable();

        int[] Numbers(int index, string name) => [.. properties[Key(index, name)]!.Split(' ').Select(number => int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture))];
    }

    private static string Key(int index, string name) => $"fix{index.ToString(CultureInfo.InvariantCulture)}.{name}";
}
