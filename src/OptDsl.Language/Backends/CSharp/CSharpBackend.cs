using OptDsl.Language.Plans;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>Writes the generated file of a declared class.</summary>
/// <param name="declaration">The class.</param>
internal sealed class CSharpBackend(RuleDeclaration declaration) : IBackend
{
    public string Emit(RulePlan plan) => RuleEmitter.Emit(declaration, plan);

    public string Emit(SchedulePlan plan) => ScheduleEmitter.Emit(declaration, plan);
}
