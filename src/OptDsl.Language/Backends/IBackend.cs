using OptDsl.Language.Plans;

namespace OptDsl.Language.Backends;

/// <summary>Writes plans down in one language.</summary>
internal interface IBackend
{
    /// <summary>The text of a rule.</summary>
    string Emit(RulePlan plan);

    /// <summary>The text of a schedule.</summary>
    string Emit(SchedulePlan plan);
}
