using System.Collections.Immutable;
using System.Globalization;
using OptDsl.Generators.Formulas.Diagnostics;
using OptDsl.Generators.Lints.Fixes;
using FormulaSpan = OptDsl.Generators.Formulas.TextSpan;

namespace OptDsl.Generators.Analyzers;

/// <summary>Carries the edits that mend a diagnostic from the analyzer to the code fix, in the diagnostic's properties.</summary>
internal static class FixProperties
{
    private const string Replace = "replace";
    private const string DeclareHyper = "hyper";
    private const string DeclareState = "state";
    private const string RemoveHyper = "removeHyper";
    private const string Edits = "edits";

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
                case RemoveHyperFix remove:
                    properties.Add(Key(i, "kind"), RemoveHyper);
                    properties.Add(Key(i, "text"), remove.Property);
                    break;
                case EditsFix edits:
                    properties.Add(Key(i, "kind"), Edits);
                    properties.Add(Key(i, "text"), edits.Declares?.Symbol ?? "");
                    WriteEdits(properties, i, edits);
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
                RemoveHyper => new RemoveHyperFix(title, text),
                Edits => ReadEdits(properties, i, title, text),
                _ => new ReplaceFix(title, new FormulaSpan(Number(i, "start"), Number(i, "length")), text),
            });
        }

        return fixes.ToImmutable();

        int Number(int index, string name) => ReadNumber(properties, Key(index, name));
    }

    private static void WriteEdits(ImmutableDictionary<string, string?>.Builder properties, int index, EditsFix fix)
    {
        if (fix.Declares is { } declared)
            properties.Add(Key(index, "default"), declared.Default.ToString("R", CultureInfo.InvariantCulture));
        for (var j = 0; j < fix.Edits.Length; j++)
        {
            properties.Add(Key(index, j, "start"), fix.Edits[j].Span.Start.ToString(CultureInfo.InvariantCulture));
            properties.Add(Key(index, j, "length"), fix.Edits[j].Span.Length.ToString(CultureInfo.InvariantCulture));
            properties.Add(Key(index, j, "text"), fix.Edits[j].NewText);
        }
    }

    private static EditsFix ReadEdits(ImmutableDictionary<string, string?> properties, int index, string title, string symbol)
    {
        var edits = ImmutableArray.CreateBuilder<FormulaEdit>();
        for (var j = 0; properties.TryGetValue(Key(index, j, "text"), out var text); j++)
        {
            var span = new FormulaSpan(ReadNumber(properties, Key(index, j, "start")), ReadNumber(properties, Key(index, j, "length")));
            edits.Add(new FormulaEdit(span, text!));
        }

        var declared = properties.TryGetValue(Key(index, "default"), out var value)
            ? new NewHyper(symbol, double.Parse(value!, NumberStyles.Float, CultureInfo.InvariantCulture))
            : null;
        return new EditsFix(title, edits.ToImmutable()) { Declares = declared };
    }

    private static int ReadNumber(ImmutableDictionary<string, string?> properties, string key) =>
        int.Parse(properties[key]!, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Key(int index, int edit, string name) => Key(index, $"edit{edit.ToString(CultureInfo.InvariantCulture)}.{name}");

    private static string Key(int index, string name) => $"fix{index.ToString(CultureInfo.InvariantCulture)}.{name}";
}
