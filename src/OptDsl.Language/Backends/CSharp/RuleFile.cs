using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Plans;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>From a declaration to the text of its generated file: a pure function.</summary>
internal static class RuleFile
{
    public static string Write(RuleDeclaration declaration, CancellationToken cancellation)
    {
        if (declaration.Errors.Count > 0)
            return FallbackEmitter.Emit(declaration, declaration.Errors);

        var compiled = CompiledRules.Of(declaration.Source, cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (compiled.Model is not { } model)
            return FallbackEmitter.Emit(declaration, [.. compiled.Errors.Select(error => $"{error.Id}: {error.Message}")]);
        var backend = new CSharpBackend(declaration);
        return declaration.Source.Kind == RuleKind.Schedule
            ? backend.Emit(Planner.PlanSchedule(model))
            : backend.Emit(Planner.Plan(model, declaration.Precise));
    }
}
