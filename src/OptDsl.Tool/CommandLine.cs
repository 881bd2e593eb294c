using System.CommandLine;
using System.CommandLine.Invocation;
using OptDsl.Tool.Commands;
using OptDsl.Tool.Reports;
using OptDsl.Tool.Rules;

namespace OptDsl.Tool;

/// <summary>The commands of <c>optdsl</c>. Exit codes: 0 for yes, 1 for no (problems, a difference), 2 for what could not be asked.</summary>
internal static class CommandLine
{
    public const int Yes = 0;
    public const int No = 1;
    public const int Unusable = 2;

    public static int Run(string[] arguments, TextWriter output, TextWriter errors)
    {
        var root = new RootCommand("Optimizers written as formulas: checked, explained, compared, exported, plotted.")
        {
            CheckCommand.Create(output),
            ExplainCommand.Create(output),
            CompareCommand.Create(output),
            ExportCommand.Create(output),
            PlotCommand.Create(output),
        };
        try
        {
            var parsed = root.Parse(arguments);
            var isUsable = parsed.Errors.Count == 0;
            if (parsed.Action is ParseErrorAction action)
                action.ShowHelp = arguments.Length == 0;
            // What is redirected is an answer or nothing: advice goes where errors go.
            var code = parsed.Invoke(new InvocationConfiguration { Output = isUsable ? output : errors, Error = errors, EnableDefaultExceptionHandler = false });
            if (isUsable)
                return code;
            if (arguments.Length > 0)
                errors.WriteLine($"{Usage(parsed.CommandResult.Command, root)} --help says how it is used.");
            return Unusable;
        }
        catch (ToolException exception)
        {
            errors.WriteLine($"optdsl: {Report.Printable(exception.Message)}");
            return Unusable;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"optdsl: {Report.Printable(exception.Message)}");
            return Unusable;
        }
    }

    private static string Usage(Command command, Command root) => command == root ? "optdsl" : $"optdsl {command.Name}";
}
