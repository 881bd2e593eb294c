namespace OptDsl;

/// <summary>
/// Declares the annotated partial class to be a <see cref="Schedule"/> whose value at step <c>t</c> is the last assignment of
/// the formulas. The language is that of update rules, over scalars only.
/// </summary>
/// <param name="formulas">One assignment a line; <c>t</c> is 1 at the first step.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ScheduleAttribute(string formulas) : Attribute
{
    /// <summary>The formulas as declared.</summary>
    public string Formulas { get; } = formulas;

    /// <summary>The symbol of the step count, 1 at the first step; <c>t</c> unless set.</summary>
    public string Step { get; set; } = "t";
}
