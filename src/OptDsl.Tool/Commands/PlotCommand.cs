using System.CommandLine;
using OptDsl.Tool.Plots;
using OptDsl.Tool.Rules;

namespace OptDsl.Tool.Commands;

/// <summary><c>optdsl plot KIND FILE</c></summary>
internal static class PlotCommand
{
    public static Command Create(TextWriter output)
    {
        var kind = new Argument<string>("kind") { Description = "transient: the size of the step over its age; trajectory: the path on a landscape; schedule: the value over the steps" };
        kind.AcceptOnlyFromAmong("transient", "trajectory", "schedule");
        var file = new Argument<string>("file") { Description = "A file with one rule, or FILE:NAME" };
        var target = new Option<string?>("--output", "-o") { Description = "The SVG file to write; else the picture's text is printed" };
        var steps = new Option<int>("--steps") { Description = "How many steps", DefaultValueFactory = _ => 100 };
        var command = new Command("plot", "Draws what a rule or a schedule does, as SVG.") { kind, file, target, steps };
        command.SetAction(parsed =>
        {
            var rule = RuleLoader.One(parsed.GetRequiredValue(file));
            var count = Math.Clamp(parsed.GetValue(steps), 2, 1_000_000);
            var svg = parsed.GetRequiredValue(kind) switch
            {
                "transient" => RulePlots.Transient(rule, count),
                "trajectory" => RulePlots.Trajectory(rule, count),
                _ => RulePlots.Schedule(rule, count),
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
