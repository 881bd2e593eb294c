using System.CommandLine;
using System.Globalization;
using OptDsl.Tool.Plots;
using OptDsl.Tool.Rules;

namespace OptDsl.Tool.Commands;

/// <summary><c>optdsl plot KIND FILE</c></summary>
internal static class PlotCommand
{
    private const int MostSteps = 1_000_000;

    public static Command Create(TextWriter output)
    {
        var kind = new Argument<string>("kind") { Description = "transient: the size of the step over its age; trajectory: the path on a landscape; schedule: the value over the steps" };
        kind.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "transient", "trajectory", "schedule");
        var file = new Argument<string>("file") { Description = "A file with one rule, or FILE:NAME" };
        var target = new Option<string?>("--output", "-o") { Description = "The SVG file to write; else the picture's text is printed" };
        var steps = new Option<int>("--steps") { Description = "How many steps", DefaultValueFactory = _ => 100 };
        steps.Validators.Add(result =>
        {
            // What is no number is said to be none by itself.
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var count) && count is < 2 or > MostSteps)
                result.AddError($"--steps is from 2 to {MostSteps}");
        });
        var command = new Command("plot", "Draws what a rule or a schedule does, as SVG.") { kind, file, target, steps };
        command.SetAction(parsed =>
        {
            var rule = RuleLoader.One(parsed.GetRequiredValue(file));
            var drawn = parsed.GetValue(steps);
            var svg = parsed.GetRequiredValue(kind).ToLowerInvariant() switch
            {
                "transient" => RulePlots.Transient(rule, drawn),
                "trajectory" => RulePlots.Trajectory(rule, drawn),
                _ => RulePlots.Schedule(rule, drawn),
            };
            if (parsed.GetValue(target) is { } path)
                File.WriteAllText(path, svg);
            else
                output.Write(svg);
            return CommandLine.Yes;
        });
        return command;
    }
}
