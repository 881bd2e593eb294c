using OptDsl.Language.Plans;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>Writes the generated file of an update rule.</summary>
internal static class RuleEmitter
{
    public static string Emit(RuleDeclaration declaration, RulePlan plan)
    {
        var file = new RuleLayout(declaration, plan);
        var writer = new CodeWriter();
        FileHeader.Write(writer, declaration, file);
        new RuleClassEmitter(writer, file).Write();
        writer.Line();
        using (writer.Block("namespace OptDsl.Generated"))
        {
            writer.Line("using global::System;");
            writer.Line("using global::System.Numerics;");
            writer.Line("using global::System.Runtime.CompilerServices;");
            writer.Line("using global::System.Runtime.InteropServices;");
            writer.Line("using global::System.Runtime.Intrinsics;");
            writer.Line("using global::OptDsl.Kernels;");
            if (plan.Passes.Any(pass => pass.Operation is not null))
                writer.Line("using global::OptDsl.Matrices;");
            writer.Line();
            new RuleScalarsEmitter(writer, file).Write();
            writer.Line();
            new KernelEmitter(writer, file).Write();
        }

        return writer.ToString();
    }
}
