using System.CommandLine;
using OptDsl.Language.Backends.C;
using OptDsl.Language.Backends.Declarations;
using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Backends.Jax;
using OptDsl.Language.Backends.Latex;
using OptDsl.Language.Backends.PyTorch;
using OptDsl.Tool.Rules;

namespace OptDsl.Tool.Commands;

/// <summary><c>optdsl export FILE --to LANGUAGE</c></summary>
internal static class ExportCommand
{
    private static readonly IExport[] s_exports = [new TorchExport(), new JaxExport(), new CExport(), new LatexExport(), new DeclarationExport()];

    public static Command Create(TextWriter output)
    {
        var file = new Argument<string>("file") { Description = "A file with one rule, or FILE:NAME" };
        var to = new Option<string>("--to") { Description = "The language", Required = true };
        to.AcceptOnlyFromAmong([.. s_exports.Select(export => export.Name)]);
        var target = new Option<string?>("--output", "-o") { Description = "The file to write; else the text is printed" };
        var command = new Command("export", "Writes a rule in another language.") { file, to, target };
        command.SetAction(parsed =>
        {
            var rule = RuleLoader.One(parsed.GetRequiredValue(file));
            var exported = s_exports.Single(export => export.Name == parsed.GetValue(to)).Write(rule.Name, rule.Model);
            var text = exported.Text ?? throw new ToolException($"{rule.Name} cannot be written so: {exported.Refusal}");
            if (parsed.GetValue(target) is { } path)
                File.WriteAllText(path, text);
            else
                output.Write(text);
            return CommandLine.Yes;
        });
        return command;
    }
}
