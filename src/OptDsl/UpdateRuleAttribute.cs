namespace OptDsl;

/// <summary>
/// Declares the annotated partial class or record to be an optimizer whose update rule is the given formulas.
/// A source generator adds the step as a vectorised kernel, and analyzers check the mathematics while you type.
/// </summary>
/// <param name="formulas">
/// One assignment a line, as the paper prints it, in plain, Unicode or LaTeX notation:
/// <c>v = μv + g + λW</c>, <c>W = W - ηv</c>.
/// </param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class UpdateRuleAttribute(string formulas) : Attribute
{
    /// <summary>The formulas as declared.</summary>
    public string Formulas { get; } = formulas;

    /// <summary>The symbol of the parameter tensor that the rule updates; <c>W</c> unless set.</summary>
    public string Parameter { get; set; } = "W";

    /// <summary>The symbol of the gradient; <c>g</c> unless set. <c>∇…</c> always means the gradient too.</summary>
    public string Gradient { get; set; } = "g";

    /// <summary>The symbol of the step count; <c>t</c> unless set.</summary>
    public string Step { get; set; } = "t";

    /// <summary>
    /// What that symbol is at the first step: 1 unless set, or 0 for an algorithm that counts from 0, as in <c>√(k + 1)</c>. It
    /// concerns the formulas alone: whoever calls <c>Update</c> counts from 1, as the optimizer and every <see cref="Schedule"/> do.
    /// </summary>
    public int FirstStep { get; set; } = 1;

    /// <summary>
    /// True when the objective is to grow. It only tells the analyzers which direction is right: the formulas stay as written.
    /// </summary>
    public bool Maximize { get; set; }

    /// <summary>
    /// The rule that this one says it computes, such as <c>typeof(AdamW)</c>, in this or another assembly; none unless set. The
    /// analyzers run both on gradients of all sizes, with the hyper-parameters of this one, and report the first step at which they
    /// part. Hyper-parameters correspond by the names of their properties, else by their symbols; what only the other has is off.
    /// </summary>
    public Type? Conforms { get; set; }

    /// <summary>
    /// True to keep the written order of evaluation: no reciprocals, no contraction to fused multiply-add. Slower, and the
    /// same bits on machines with and without fused multiply-add.
    /// </summary>
    public bool Precise { get; set; }
}
