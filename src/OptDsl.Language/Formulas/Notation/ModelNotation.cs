using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Language.Formulas.Notation;

/// <summary>Writes the formulas of a rule out anew, without the layout and comments of the source.</summary>
internal static class ModelNotation
{
    /// <summary>The statements, a choice over several lines.</summary>
    public static IEnumerable<string> WriteFormulas(this RuleModel model, NotationStyle style) =>
        model.Statements.Select(statement => model.WriteStatement(statement, style));

    /// <summary>One statement or choice.</summary>
    public static string WriteStatement(this RuleModel model, ItemSyntax statement, NotationStyle style) =>
        NotationWriter.Write(model, statement, style, HasLettersOnly(model));

    /// <summary>True when no name is a word, so that neighbouring letters are always a product.</summary>
    private static bool HasLettersOnly(RuleModel model) => model.Hypers.Concat<Symbol>(model.States).Concat(model.Definitions.Select(definition => definition.Target))
        .Select(symbol => symbol.Name)
        .Concat(model.Statements.OfType<HelperSyntax>().SelectMany(helper => helper.Parameters.Add(helper.Target)).Select(name => name.Letters))
        .Concat([model.Source.Parameter, model.Source.Gradient, model.Source.Step])
        .All(name => name.Count(char.IsLetter) <= 1);
}
