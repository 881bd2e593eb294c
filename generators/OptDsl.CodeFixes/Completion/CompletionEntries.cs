using Microsoft.CodeAnalysis.Tags;
using OptDsl.CodeFixes.Formulas;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.CodeFixes.Completion;

/// <summary>What can be written in a formula.</summary>
/// <param name="Display">What the list shows and typing filters.</param>
/// <param name="Inserted">What is put into the text.</param>
/// <param name="Help">A line that explains it.</param>
/// <param name="Group">Its place in the list: names, then functions, then letters.</param>
/// <param name="Tag">The kind of symbol, for the icon.</param>
internal sealed record CompletionEntry(string Display, string Inserted, string Help, int Group, string Tag)
{
    public string SortText => $"{Group}{Display}";

    /// <summary>The inserted text as it can stand alone: a combining mark sits on a dotted circle.</summary>
    public string Shown => Inserted.Length == 1 && Letters.IsMarkAt(Inserted, 0) ? "◌" + Inserted : Inserted;
}

/// <summary>The entries at a place in a rule's formulas.</summary>
internal static class CompletionEntries
{
    /// <param name="argument">The text.</param>
    /// <param name="place">What can stand at the caret.</param>
    public static IEnumerable<CompletionEntry> Of(FormulaArgument argument, CompletionPlace place)
    {
        if (place == CompletionPlace.Command)
            return Commands();
        if (argument.IsSymbol)
            return Undeclared(argument);
        var source = argument.Rule.Declaration.Source;
        var names = argument.IsCondition ? Options(source) : Names(source, argument.IsFormulas);
        return place != CompletionPlace.StartOfStatement ? names.Concat(Functions()) : argument.IsFormulas ? names.Concat(Choices) : names;
    }

    /// <summary>The names that the formulas read and nothing declares.</summary>
    private static IEnumerable<CompletionEntry> Undeclared(FormulaArgument argument)
    {
        var fixes = CompiledRules.Of(argument.Rule.Declaration.Source).Errors.SelectMany(error => error.Fixes);
        return fixes.Select(fix => fix switch
            {
                DeclareHyperFix hyper => hyper.Symbol,
                DeclareStateFix state => state.Symbol,
                _ => null,
            })
            .OfType<string>()
            .SelectMany(symbols => symbols.Split('\n'))
            .Distinct()
            .Select(symbol => Name(symbol, "a name that the formulas read", WellKnownTags.Local));
    }

    private static readonly CompletionEntry[] Choices =
    [
        new("if", "if", "a choice between statements: if condition:, its statements indented below", 1, WellKnownTags.Keyword),
        new("elif", "elif", "the next condition of a choice", 1, WellKnownTags.Keyword),
        new("else", "else", "what happens where no condition of a choice holds", 1, WellKnownTags.Keyword),
    ];

    /// <summary>What the condition of a state can depend on.</summary>
    private static IEnumerable<CompletionEntry> Options(RuleSource source) =>
        source.Hypers.Where(hyper => hyper.Type != HyperType.Schedule).Select(Hyper);

    private static CompletionEntry Hyper(HyperSource hyper) => Name(hyper.Symbol, $"the hyper-parameter {hyper.Property}", WellKnownTags.Property);

    private static IEnumerable<CompletionEntry> Names(RuleSource source, bool isFormulas)
    {
        if (source.Kind == RuleKind.UpdateRule)
            yield return Name(source.Parameter, "the parameter", WellKnownTags.Field);
        foreach (var hyper in source.Hypers)
            yield return Hyper(hyper);
        if (!isFormulas)
            yield break;
        yield return Name(source.Step, $"the step, {source.FirstStep} at the first", WellKnownTags.Constant);
        if (source.Kind == RuleKind.UpdateRule)
            yield return Name(source.Gradient, "the gradient", WellKnownTags.Parameter);
        foreach (var state in source.States)
            yield return Name(state.Symbol, $"a state, one value {state.Cardinality.Of()}{(state.When == "" ? "" : $", while {state.When}")}", WellKnownTags.Field);
        foreach (var local in Locals(source))
            yield return Name(local, "assigned in this step", WellKnownTags.Local);
        foreach (var helper in FormulaCompiler.ReadStatements(source).OfType<HelperSyntax>())
            yield return Name(Shown(helper.Target, source), "a function of this text", WellKnownTags.Method);
    }

    private static IEnumerable<string> Locals(RuleSource source)
    {
        var declared = new HashSet<string>(source.Hypers.Select(hyper => hyper.Symbol)
            .Concat(source.States.Select(state => state.Symbol)).Concat([source.Parameter, source.Gradient, source.Step])
            .Select(symbol => OptDsl.Language.Formulas.Binding.SymbolNames.Normalize(symbol) ?? symbol));
        return FormulaCompiler.ReadStatements(source)
            .Assignments()
            .Select(statement => Shown(statement.Target, source))
            .Distinct()
            .Where(name => !declared.Contains(OptDsl.Language.Formulas.Binding.SymbolNames.Normalize(name) ?? name));
    }

    /// <summary>A name as it is written, without the time that a left side carries.</summary>
    private static string Shown(NameSyntax name, RuleSource source) =>
        NameWriter.Write(name with { TimeIndex = null, Subscripts = name.Subscripts.RemoveAll(part => part.Text == source.Step) }, NotationStyle.Unicode);

    private static IEnumerable<CompletionEntry> Functions() => OptDsl.Language.Operations.Functions.All.Values
        .Select(function => new CompletionEntry(function.Name, function.Name, function.Help, 1, WellKnownTags.Method));

    private static IEnumerable<CompletionEntry> Commands() => LatexCommands.LetterNames
        .Select(letter => new CompletionEntry("\\" + letter.Key, letter.Value, $"the letter {letter.Value}", 2, WellKnownTags.Keyword))
        .Concat(LatexCommands.Accents.Select(accent => new CompletionEntry(
            "\\" + accent.Key, accent.Value, $"an accent on the letter before it, as in m{accent.Value}", 3, WellKnownTags.Keyword)));

    private static CompletionEntry Name(string symbol, string help, string tag) => new(symbol, symbol, help, 0, tag);
}
