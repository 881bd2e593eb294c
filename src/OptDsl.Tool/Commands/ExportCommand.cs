using System.CommandLine;
using OptDsl.Language.Backends.Catalogue;
using OptDsl.Tool.Rules;

namespace OptDsl.Tool.Commands;

/// <summary><c>optdsl export FILE --to LANGUAGE</c></summary>
internal static class ExportCommand
{
    public static Command Create(TextWriter output)
    {
        var file = new Argument<string>("file") { Description = "A file with one rule, or FILE:NAME" };
        var to = new Option<string>("--to") { Description = $"The language: {string.Join(", ", ExportCatalogue.All.Select(export => $"{export.Name} ({export.Title})"))}", Required = true };
        to.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, [.. ExportCatalogue.All.Select(export => export.Name)]);
        var target = new Option<string?>("--output", "-o") { Description = "The file to write; else the text is printed" };
        var command = new Command("export", "Writes a rule in another language.") { file, to, target };
        command.SetAction(parsed =>
        {
            var rule = RuleLoader.One(parsed.GetRequiredValue(file));
            var exported = ExportCatalogue.All.Single(export => export.Name.Equals(parsed.GetValue(to), StringComparison.OrdinalIgnoreCase)).Write(rule.Name, rule.Model);
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
