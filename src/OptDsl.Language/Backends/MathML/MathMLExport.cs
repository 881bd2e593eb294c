using System.Globalization;
using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Notation;
using OptDsl.Language.Formulas.Syntax;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Backends.MathML;

/// <summary>
/// The formulas as presentation MathML, one a row, aligned at what they assign. Who does not see them has the same in words of Unicode,
/// and who copies them in LaTeX.
/// </summary>
internal sealed class MathMLExport : IExport
{
    public string Name => "mathml";

    public string Title => "MathML";

    public Exported Write(string name, RuleModel model)
    {
        var expressions = new MathMLExpressions(model);
        var rows = string.Concat(model.Statements.SelectMany(item => Rows(expressions, item, 0)).Select(row => $"      {row}\n"));
        var plain = MathMLElements.Escape(string.Join("; ", model.WriteFormulas(NotationStyle.Unicode).Select(formula => formula.Replace("\n", " "))));
        var latex = MathMLElements.Escape(string.Join(" \\\\\n", model.WriteFormulas(NotationStyle.Latex).Select(formula => formula.Replace("\n", " \\\\\n"))));
        return Exported.As(
            $"""
            <math xmlns="http://www.w3.org/1998/Math/MathML" display="block" alttext="{plain}">
              <semantics>
                <mtable displaystyle="true" columnalign="right left">
            {rows}    </mtable>
                <annotation encoding="application/x-tex">{latex}</annotation>
              </semantics>
            </math>

            """.Replace("\r\n", "\n"));
    }

    private static IEnumerable<string> Rows(MathMLExpressions expressions, ItemSyntax item, int depth) => item switch
    {
        ChoiceSyntax choice => Choice(expressions, choice, "if", depth),
        RepeatSyntax repeat => repeat.Body.SelectMany(inner => Rows(expressions, inner, depth + 1))
            .Prepend(Line(depth, repeat.Times is { } times
                ? MathMLElements.Row(MathMLElements.Words("repeat\u00a0"), expressions.Write(times), MathMLElements.Words("\u00a0times:"))
                : MathMLElements.Words($"repeat\u00a0{repeat.Count.ToString(CultureInfo.InvariantCulture)}\u00a0times:"))),
        StatementSyntax statement when depth == 0 => [$"<mtr><mtd style=\"text-align: right\">{MathMLNames.Write(statement.Target)}</mtd><mtd style=\"text-align: left\">{Assignment(expressions, statement)}</mtd></mtr>"],
        HelperSyntax helper => [$"<mtr><mtd style=\"text-align: right\">{MathMLNames.Write(helper.Target)}{expressions.Arguments(helper.Parameters)}</mtd><mtd style=\"text-align: left\">{MathMLElements.Operator("=")}{expressions.Write(helper.Value)}</mtd></mtr>"],
        StatementSyntax statement => [Line(depth, MathMLNames.Write(statement.Target) + Assignment(expressions, statement))],
        _ => throw new ArgumentOutOfRangeException(nameof(item)),
    };

    private static IEnumerable<string> Choice(MathMLExpressions expressions, ChoiceSyntax choice, string keyword, int depth)
    {
        var lines = choice.WhenTrue.SelectMany(item => Rows(expressions, item, depth + 1))
            .Prepend(Line(depth, MathMLElements.Words(keyword + "\u00a0") + expressions.Write(choice.Condition) + MathMLElements.Words(":")));
        return choice switch
        {
            { WhenFalse.Length: 0 } => lines,
            { ElseIf: { } next } => lines.Concat(Choice(expressions, next, "else if", depth)),
            _ => lines.Append(Line(depth, MathMLElements.Words("else:"))).Concat(choice.WhenFalse.SelectMany(item => Rows(expressions, item, depth + 1))),
        };
    }

    private static string Line(int depth, string content) =>
        $"<mtr><mtd columnspan=\"2\" style=\"text-align: left\">{(depth == 0 ? "" : $"<mspace width=\"{2 * depth}em\"/>")}{content}</mtd></mtr>";

    private static string Assignment(MathMLExpressions expressions, StatementSyntax statement)
    {
        var sign = statement.Operator switch { Op.Add => "+=", Op.Subtract => "−=", Op.Multiply => "*=", Op.Divide => "/=", _ => "=" };
        return MathMLElements.Operator(sign) + expressions.Write(statement.Value);
    }
}
