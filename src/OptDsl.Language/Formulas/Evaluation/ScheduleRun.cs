namespace OptDsl.Language.Formulas.Evaluation;

/// <summary>Evaluates a schedule: the value of its last assignment at a step.</summary>
internal sealed class ScheduleRun(RuleProgram program, IReadOnlyList<double> hypers)
{
    private readonly RuleRun _run = new(program, [0], hypers);

    /// <param name="step">Counts from 1.</param>
    public double At(long step)
    {
        _run.StepCount = step - 1;
        _run.Step([0]);
        return _run.Value(program.Model.Result.Index)[0];
    }
}
