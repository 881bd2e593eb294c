namespace OptDsl;

/// <summary>
/// Declares the annotated partial class to be a <see cref="Schedule"/> whose value at step <c>t</c> is the last assignment of
/// the formulas. The language is that of update rules, over scalars only.
/// </summary>
/// <param name="formulas">One assignment a line; <c>t</c> is 1 at the first step unless <see cref="FirstStep"/> says 0.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ScheduleAttribute(string formulas) : Attribute
{
    /// <summary>The formulas as declared.</summary>
    public string Formulas { get; } = formulas;

    /// <summary>The symbol of the step count; <c>t</c> unless set.</summary>
    public string Step { get; set; } = "t";

    /// <summary>
    /// What that symbol is at the first step: 1 unless set, or 0 for formulas that count from 0. It concerns the formulas alone:
    /// <see cref="Schedule.At"/> counts from 1, whatever this says.
    /// </summary>
    public int FirstStep { get; set; } = 1;
}
