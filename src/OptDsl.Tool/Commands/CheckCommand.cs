using System.CommandLine;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Tool.Reports;
using OptDsl.Tool.Rules;

namespace OptDsl.Tool.Commands;

/// <summary><c>optdsl check FILE…</c></summary>
internal static class CheckCommand
{
    public static Command Create(TextWriter output)
    {
        var files = new Argument<string[]>("file") { Description = "C# sources, rule files, or folders of them", Arity = ArgumentArity.OneOrMore };
        var format = new Option<string>("--format") { Description = "How problems are written", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "text", "json", "sarif");
        var strict = new Option<bool>("--strict") { Description = "Let warnings fail too" };
        var command = new Command("check", "Says what is wrong in formulas and in their mathematics.") { files, format, strict };
        command.SetAction(parsed =>
        {
            var (rules, problems) = RuleLoader.Load(parsed.GetRequiredValue(files));
            if (rules.Count == 0 && problems.Count == 0)
                throw new ToolException("the files declare no rule");
            output.Write(parsed.GetRequiredValue(format).ToLowerInvariant() switch
            {
                "json" => Report.Json(problems),
                "sarif" => Report.Sarif(problems),
                _ => Report.Text(problems),
            });
            var worst = problems.Count == 0 ? Severity.Info : problems.Max(problem => problem.Severity);
            return worst == Severity.Error || (worst == Severity.Warning && parsed.GetValue(strict)) ? CommandLine.No : CommandLine.Yes;
        });
        return command;
    }
}
