using System.CommandLine;
using System.Globalization;
using OptDsl.Language.Backends.CSharp;
using OptDsl.Language.Checks;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Notation;
using OptDsl.Language.Formulas.Syntax;
using OptDsl.Language.Plans.Algebra;
using OptDsl.Language.Plans.Scheduling;
using OptDsl.Tool.Rules;
using Spectre.Console;

namespace OptDsl.Tool.Commands;

/// <summary><c>optdsl explain FILE</c></summary>
internal static class ExplainCommand
{
    private static readonly int[] s_ages = [1, 2, 3, 5, 10, 30, 100, 1000, 10_000];

    public static Command Create(TextWriter output)
    {
        var file = new Argument<string>("file") { Description = "A file with one rule, or FILE:NAME" };
        var command = new Command("explain", "Says what a rule keeps, how it scales, and what a step costs.") { file };
        command.SetAction(parsed =>
        {
            Write(RuleLoader.One(parsed.GetRequiredValue(file)), Console(output));
            return CommandLine.Yes;
        });
        return command;
    }

    private static IAnsiConsole Console(TextWriter output) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(output),
        Ansi = ReferenceEquals(output, System.Console.Out) && !System.Console.IsOutputRedirected ? AnsiSupport.Detect : AnsiSupport.No,
        ColorSystem = ReferenceEquals(output, System.Console.Out) && !System.Console.IsOutputRedirected ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
    });

    /// <summary>Writes all of it no wider than the console.</summary>
    internal static void Write(LoadedRule rule, IAnsiConsole console)
    {
        var model = rule.Model;
        console.MarkupLineInterpolated($"[bold]{rule.Name}[/]");
        foreach (var formula in model.WriteFormulas(NotationStyle.Unicode))
            console.Write(new Padder(new Text(formula)).Padding(4, 0, 0, 0));
        console.WriteLine();
        if (!model.States.IsEmpty)
            console.Write(States(model));
        if (!model.Hypers.IsEmpty)
            console.Write(Hypers(model));
        if (model.Source.Kind == RuleKind.Schedule)
            return;

        var traits = RuleTraits.Of(model);
        var plan = Scheduler.Schedule(model, Simplifier.Simplify(model, precise: false));
        var tensors = plan.Traffic.Of(plan.Passes);
        console.WriteLine($"With gradients k times as large the step is {Power(traits.GradientDegree)}; with k times the step size {Power(traits.StepSizeDegree)}.");
        console.WriteLine($"A step sweeps the memory {Times(plan.Passes.Count(pass => plan.Traffic.MayHold(pass.When)))} and reads or writes {tensors} values an element: {4 * tensors} bytes of float.");
        var measured = new ConstantGradient(model, rule.Defaults, s_ages[^1]);
        var response = measured.Response;
        console.WriteLine($"Under a constant gradient, the size of the step beside {(measured.Settled is null ? $"that of t = {response.Count}, for it does not settle" : "that of the settled one")}:");
        var sizes = s_ages.Where(age => age <= response.Count).Select(age => $"t = {age}: {response[age - 1].ToString("0.####", CultureInfo.InvariantCulture)}");
        console.Write(new Padder(new Columns(sizes.Select(size => new Text(size))) { Expand = false }).Padding(4, 0, 0, 0));
    }

    private static Table States(RuleModel model)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("state", "one value", "at first", "exists", "meaning");
        foreach (var state in model.States)
            table.AddRow(new[] { state.Source.Symbol, state.Cardinality.Of(), state.Source.Initial, state.IsConditional ? "when " + state.Source.When : "always", state.Source.Meaning }.Select(Markup.Escape).ToArray());
        return table;
    }

    private static Table Hypers(RuleModel model)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("hyper-parameter", "name", "default", "range");
        foreach (var hyper in model.Hypers)
            table.AddRow(new[] { hyper.Source.Symbol, hyper.Source.Property, Default(hyper.Source), hyper.Source.Type == HyperType.Boolean ? "true or false" : $"{Number(hyper.Source.Min)} … {Number(hyper.Source.Max)}" }.Select(Markup.Escape).ToArray());
        return table;
    }

    private static string Default(HyperSource hyper) => hyper.Default is not { } value ? "none" : hyper.Type == HyperType.Boolean ? value != 0 ? "true" : "false" : Number(value);

    private static string Number(double value) => double.IsPositiveInfinity(value) ? "∞" : double.IsNegativeInfinity(value) ? "-∞"
        : value == double.Epsilon ? "above 0" : value == Math.BitDecrement(1) ? "below 1" : value.ToString("G6", CultureInfo.InvariantCulture);

    private static string Power(double? degree) => degree switch
    {
        null => "not a power of k as large",
        0 => "as large",
        1 => "k times as large",
        { } power => $"k^{power.ToString("0.##", CultureInfo.InvariantCulture)} times as large",
    };

    private static string Times(int count) => count == 1 ? "once" : $"{count} times";
}
