using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Algebra;
using OptDsl.Language.Plans.Graph;
using OptDsl.Language.Plans.Scheduling;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>Writes the generated file of a schedule.</summary>
internal static class ScheduleEmitter
{
    public static string Emit(RuleDeclaration declaration, RuleModel model)
    {
        // Scalars are cheap: they are computed as written.
        var graph = Simplifier.Simplify(model, precise: true);
        var names = new RuleNames(new Plan(model, graph, []));
        var className = RuleLayout.Stem(declaration.Type) + "_Schedule";
        var writer = new CodeWriter();
        FileHeader.WriteSchedule(writer, declaration);
        CSharp.WriteType(writer, declaration.Type, " : global::OptDsl.Schedule", () =>
        {
            writer.Line("/// <inheritdoc/>");
            writer.Line("public override double At(long step)");
            using (writer.Block())
            {
                writer.Line("this.CheckSettings();");
                writer.Line($"return global::OptDsl.Generated.{className}.At(");
                using (writer.Indent())
                {
                    string[] arguments = ["global::OptDsl.Kernels.RuleChecks.Step(step, nameof(step))", .. model.Hypers.Select(hyper => HyperText.Checked(hyper, isRate: false))];
                    for (var i = 0; i < arguments.Length; i++)
                        writer.Line(arguments[i] + (i < arguments.Length - 1 ? "," : ");"));
                }
            }

            if (model.Hypers.IsEmpty)
                return;
            writer.Line();
            writer.Line("/// <inheritdoc/>");
            var settings = model.Hypers.Select(hyper => $"{hyper.Source.Property} = {{{HyperText.Property(hyper)}}}");
            writer.Line($"protected override string DescribeSettings() => global::System.FormattableString.Invariant($\"{string.Join(", ", settings)}\");");
        });
        writer.Line();
        using (writer.Block("namespace OptDsl.Generated"))
        {
            writer.Line("using global::System;");
            writer.Line("using global::OptDsl.Kernels;");
            writer.Line();
            using (writer.Block("file static class " + className))
            {
                writer.Header("public static double At", ["double " + names.Step, .. model.Hypers.Select(hyper => "double " + names.Of(hyper))], []);
                using (writer.Block())
                    WriteBody(writer, model, graph, names);
            }
        }

        return writer.ToString();
    }

    private static void WriteBody(CodeWriter writer, RuleModel model, RuleGraph graph, RuleNames names)
    {
        var result = names.Of(model.Result.Target);
        if (graph.Values.Count(value => names.DefinitionName(value) == result) > 1)
            result = names.Taken.Unique(result.TrimStart('@'));
        ScalarCode.Write(
            writer, names.Taken, [("var " + result, graph.Values[graph.Values.Length - 1])],
            node => node.Op == Op.Hyper ? names.Of(node.Symbol!) : node.Op == Op.Step ? names.Step : null,
            names.DefinitionName, (_, _) => "");
        writer.Line($"return {result};");
    }
}
