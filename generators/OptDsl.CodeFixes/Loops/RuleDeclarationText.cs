using System.Text;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using OptDsl.CodeFixes.Edits;
using OptDsl.Generators.Lifting;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Notation;
using NotationStyle = OptDsl.Language.Formulas.Syntax.NotationStyle;

namespace OptDsl.CodeFixes.Loops;

/// <summary>Writes the rule that a loop computes as a class, to stand behind the one that has the loop.</summary>
internal static class RuleDeclarationText
{
    /// <param name="loop">The loop.</param>
    /// <param name="name">Of the class.</param>
    /// <param name="comments">What the loop's comments say.</param>
    /// <param name="outermost">The type behind which it is put; null at the end of a program.</param>
    /// <param name="text">The document.</param>
    /// <param name="prefix">What stands before the names of attributes.</param>
    public static string Write(LiftedLoop loop, string name, IReadOnlyList<string> comments, BaseTypeDeclarationSyntax? outermost, SourceText text, string prefix)
    {
        var (indentation, line, source) = (outermost is null ? "" : TextEdits.Indentation(text, outermost.SpanStart), TextEdits.LineBreak(text), loop.Source);
        var code = new StringBuilder();
        Line("");
        if (comments.Count > 0)
        {
            Line("/// <remarks>");
            foreach (var comment in comments)
                Line($"/// {comment.Replace("&", "&amp;").Replace("<", "&lt;")}");
            Line("/// </remarks>");
        }

        Line($"[{prefix}UpdateRule(\"\"\"");
        foreach (var formula in Formulas(loop))
            Line("    " + formula);
        var named = (source.Parameter == "W" ? "" : $", Parameter = \"{source.Parameter}\"") + (source.Gradient == "g" ? "" : $", Gradient = \"{source.Gradient}\"")
            + (source.Step == "t" ? "" : $", Step = \"{source.Step}\"") + (source.FirstStep == 0 ? ", FirstStep = 0" : "");
        Line($"    \"\"\"{named})]");
        if (!loop.Model.States.IsEmpty)
            Line($"[{string.Join(", ", loop.Model.States.Select(state => $"{prefix}State(\"{state.Source.Symbol}\")"))}]");
        Line($"internal sealed partial class {name}");
        Line("{");
        foreach (var hyper in loop.Model.Hypers)
        {
            var type = hyper.Source.Type == HyperType.Boolean ? "bool" : "double";
            var value = hyper.Source.Default is { } number ? hyper.Source.Type == HyperType.Boolean ? $" = {(number != 0 ? "true" : "false")};" : $" = {LiftedFormulas.Number(number)};" : "";
            Line($"    [{prefix}Hyper(\"{hyper.Source.Symbol}\")] public {type} {PropertyOf(hyper)} {{ get; set; }}{value}");
        }

        Line("}");
        return code.ToString();

        void Line(string content) => code.Append(line).Append(content == "" ? "" : indentation + content);
    }

    public static string PropertyOf(HyperSymbol hyper) => char.ToUpperInvariant(hyper.Source.Symbol[0]) + hyper.Source.Symbol.Substring(1);

    /// <summary>The formulas as papers print them, where that is the same rule.</summary>
    private static IEnumerable<string> Formulas(LiftedLoop loop)
    {
        var printed = loop.Model.WriteFormulas(NotationStyle.Unicode).ToList();
        return FormulaCompiler.Compile(loop.Source with { Formulas = string.Join("\n", printed) }).Model is { } same && ModelIdentity.Of(same) == ModelIdentity.Of(loop.Model)
            ? printed : loop.Source.Formulas.Split('\n');
    }
}
