using OptDsl.Language.Formulas;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>From a declaration to the text of its generated file: a pure function.</summary>
internal static class RuleFile
{
    public static string Write(RuleDeclaration declaration, CancellationToken cancellation)
    {
        if (declaration.Errors.Count > 0)
            return FallbackEmitter.Emit(declaration, declaration.Errors);

        var compiled = FormulaCompiler.Compile(declaration.Source, cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (compiled.Model is not { } model)
            return FallbackEmitter.Emit(declaration, [.. compiled.Errors.Select(error => $"{error.Id}: {error.Message}")]);
        return declaration.Source.Kind == RuleKind.Schedule
            ? ScheduleEmitter.Emit(declaration, model)
            : RuleEmitter.Emit(declaration, model);
    }
}
