using System.CommandLine;
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
            var code = parsed.Invoke(new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false });
            return parsed.Errors.Count > 0 ? Unusable : code;
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
}
