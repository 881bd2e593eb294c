using System.CommandLine;
using System.Globalization;
using OptDsl.Language.Checks;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;
using OptDsl.Tool.Rules;

namespace OptDsl.Tool.Commands;

/// <summary><c>optdsl compare A B</c>: what <c>Conforms = typeof(B)</c> asks of a rule in C#, asked of any two.</summary>
internal static class CompareCommand
{
    private const int Steps = 1000;

    public static Command Create(TextWriter output)
    {
        var first = new Argument<string>("a") { Description = "A file with one rule or schedule, or FILE:NAME" };
        var second = new Argument<string>("b") { Description = "The one to hold it to" };
        var command = new Command("compare", "Says whether two rules compute the same, or where they first differ.") { first, second };
        command.SetAction((parsed, cancellation) =>
        {
            var (a, b) = (RuleLoader.One(parsed.GetRequiredValue(first)), RuleLoader.One(parsed.GetRequiredValue(second)));
            if (a.Source.Kind != b.Source.Kind)
                throw new ToolException($"{(a.Source.Kind == RuleKind.Schedule ? a : b).Name} is a schedule, and {(a.Source.Kind == RuleKind.Schedule ? b : a).Name} a rule");
            return Task.FromResult(a.Source.Kind == RuleKind.Schedule ? Schedules(a, b, output) : Rules(a, b, output, cancellation));
        });
        return command;
    }

    private static int Rules(LoadedRule a, LoadedRule b, TextWriter output, CancellationToken cancellation)
    {
        var (rule, reference) = (a.Model, b.Model);
        if (ModelIdentity.Of(rule) == ModelIdentity.Of(reference))
        {
            output.WriteLine("equal: the formulas come to the same computation");
        }
        else if (new Conformance(new ComparableRule(rule), new ComparableRule(reference)) { Steps = Steps }.Find(cancellation) is { } difference)
        {
            output.WriteLine(Invariant(
                $"different at step {difference.Step}, element {difference.Element}, with a gradient of {difference.Gradient:G4}: {a.Name} comes to {difference.Own:G9} and {b.Name} to {difference.Other:G9}"));
            if (difference.Statement is { } statement)
                output.WriteLine($"    first in: {FormulaLines.Of(a.Source, statement.StatementSpan)}");
            foreach (var fix in ConformanceFixes.Find(rule, reference, cancellation, Steps))
                output.WriteLine($"    equal with: {fix.Title}{In(rule, fix.Span)}");
            return CommandLine.No;
        }
        else
        {
            output.WriteLine($"equal over {Steps} steps with gradients of all sizes");
        }

        var others = OtherDefaults(a, b).ToList();
        if (others.Count > 0)
            output.WriteLine($"    with other defaults: {string.Join(", ", others)}");
        return CommandLine.Yes;
    }

    private static int Schedules(LoadedRule a, LoadedRule b, TextWriter output)
    {
        var (first, second) = (new ScheduleRun(RuleProgram.Compile(a.Model), a.Defaults), new ScheduleRun(RuleProgram.Compile(b.Model), [.. b.Source.Hypers.Zip(b.Defaults).Select(pair => Twin(a, pair.First) ?? pair.Second)]));
        for (var step = 1; step <= Steps; step++)
        {
            var (x, y) = (first.At(step), second.At(step));
            if (x.Equals(y) || Math.Abs(x - y) <= 1e-9 * Math.Max(Math.Abs(x), Math.Abs(y)))
                continue;
            output.WriteLine(Invariant($"different at step {step}: {a.Name} is {x:G9} and {b.Name} {y:G9}"));
            return CommandLine.No;
        }

        output.WriteLine($"equal over {Steps} steps");
        return CommandLine.Yes;
    }

    /// <summary>What the other calls by the same name, at its value.</summary>
    private static double? Twin(LoadedRule rule, HyperSource hyper) =>
        rule.Source.Hypers.Zip(rule.Defaults).Where(pair => pair.First.Property == hyper.Property || pair.First.Symbol == hyper.Symbol).Select(pair => (double?)pair.Second).FirstOrDefault();

    private static IEnumerable<string> OtherDefaults(LoadedRule a, LoadedRule b) =>
        from hyper in a.Source.Hypers
        let other = b.Source.Hypers.FirstOrDefault(other => other.Property == hyper.Property || other.Symbol == hyper.Symbol)
        where other is { Default: not null } && hyper.Default is not null && other.Default != hyper.Default
        select Invariant($"{hyper.Symbol} is {Default(hyper)} in {a.Name} and {Default(other)} in {b.Name}");

    private static string Default(HyperSource hyper) => hyper.Type == HyperType.Boolean ? hyper.Default != 0 ? "true" : "false" : hyper.Default!.Value.ToString(CultureInfo.InvariantCulture);

    private static string In(RuleModel rule, TextSpan place) =>
        rule.Definitions.FirstOrDefault(definition => definition.StatementSpan.Start <= place.Start && place.End <= definition.StatementSpan.End) is { } statement ? $", in: {FormulaLines.Of(rule.Source, statement.StatementSpan)}" : "";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
