using OptDsl.Language.Operations;
using OptDsl.Language.Plans;
using static OptDsl.Language.Backends.CSharp.RuntimeContract;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>Writes the generated file of a schedule.</summary>
internal static class ScheduleEmitter
{
    public static string Emit(RuleDeclaration declaration, SchedulePlan plan)
    {
        var names = new RuleNames(plan.Model);
        var className = RuleLayout.Stem(declaration.Type) + "_Schedule";
        var writer = new CodeWriter();
        FileHeader.WriteSchedule(writer, declaration);
        CSharp.WriteType(writer, declaration.Type, $" : {Root}{Schedule.Name}", () =>
        {
            writer.Line("/// <inheritdoc/>");
            writer.Line($"public override double {Schedule.At}(long step)");
            using (writer.Block())
            {
                writer.Line($"this.{Schedule.CheckSettings}();");
                writer.Line($"return {Generated}{className}.At(");
                using (writer.Indent())
                {
                    string[] arguments = [$"{Kernels}{RuleChecks.Step}(step, \"step\")", .. plan.Model.Hypers.Concat(plan.Model.Shifted).Select(hyper => HyperText.Checked(hyper, isRate: false))];
                    for (var i = 0; i < arguments.Length; i++)
                        writer.Line(arguments[i] + (i < arguments.Length - 1 ? "," : ");"));
                }
            }

            if (plan.Model.Hypers.IsEmpty)
                return;
            writer.Line();
            writer.Line("/// <inheritdoc/>");
            writer.Line($"protected override string {Schedule.DescribeSettings}() => string.Join(");
            using (writer.Indent())
            {
                var settings = plan.Model.Hypers.Select(hyper => $"global::System.FormattableString.Invariant($\"{hyper.Source.Property} = {{{HyperText.Property(hyper)}}}\")").ToList();
                writer.Line("\", \",");
                for (var i = 0; i < settings.Count; i++)
                    writer.Line(settings[i] + (i < settings.Count - 1 ? "," : ");"));
            }
        });
        writer.Line();
        using (writer.Block("namespace OptDsl.Generated"))
        {
            writer.Line("using global::System;");
            writer.Line("using global::OptDsl.Kernels;");
            writer.Line();
            using (writer.Block("file static class " + className))
            {
                string[] parameters = [names.Step, .. plan.Model.Hypers.Concat(plan.Model.Shifted).Select(hyper => names.Of(hyper.Name))];
                writer.Header("public static double At", [.. parameters.Select(parameter => "double " + parameter)], []);
                using (writer.Block())
                {
                    var variables = new VariableNames(names, parameters);
                    new ScalarBlockEmitter(
                        writer, plan.Block, node => node.Op == Op.Hyper ? names.Of(node.Symbol!.Name) : node.Op == Op.Step ? names.Step : null, variables).Write();
                    writer.Line($"return {variables.Of(plan.Result)};");
                }
            }
        }

        return writer.ToString();
    }
}
