namespace OptDsl;

/// <summary>Declares a state tensor of an <see cref="UpdateRuleAttribute">update rule</see>: a moment, a velocity, an average.</summary>
/// <param name="symbol">
/// The symbol of the state in the formulas. One of an earlier time, as <c>g_{t-1}</c> or <c>θ_{t-2}</c>, keeps what its name was
/// then: the gradient, the parameter, or what a statement assigns. No statement assigns it.
/// </param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class StateAttribute(string symbol) : Attribute
{
    /// <summary>The symbol of the state in the formulas.</summary>
    public string Symbol { get; } = symbol;

    /// <summary>
    /// The value before the first step: a number, or an expression in the parameter's symbol and the hyper-parameters.
    /// <c>0</c> unless set; of a past value of the parameter, the parameter.
    /// </summary>
    public string Initial { get; set; } = "0";

    /// <summary>What it has one value of; <see cref="Per.Element"/> unless set.</summary>
    public Per Per { get; set; }

    /// <summary>
    /// The dimensions of a state that is a matrix of another shape than the parameter: <c>rows×rows</c> or <c>columns×columns</c> for the
    /// statistics of a preconditioner, <c>columns×rows</c>; empty, as it is unless set, for what <see cref="Per"/> says.
    /// </summary>
    public string Shape { get; set; } = "";

    /// <summary>
    /// The condition while which the state exists, over hyper-parameters of type <see cref="bool"/>, <see cref="double"/> or
    /// <see cref="float"/>: <c>centered</c>, <c>μ ≠ 0</c>. Always unless set.
    /// </summary>
    /// <remarks>
    /// While the condition does not hold, the state takes no memory, its statements do nothing, and formulas must not read it:
    /// <c>centered ? v - ḡ² : v</c>. Where a property makes the condition hold between two steps, the state begins with its
    /// <see cref="Initial"/> value, and where one makes it fail, the state is gone.
    /// </remarks>
    public string When { get; set; } = "";

    /// <summary>True for a result in its own right, such as an average of the weights, that need not feed the parameter.</summary>
    public bool Output { get; set; }

    /// <summary>
    /// What its values are in memory; <see cref="Storage.Element"/> unless set. Only a state with one value an element may be narrower.
    /// </summary>
    /// <remarks>
    /// It is no part of the algorithm: a checkpoint of one storage loads into another, and says so. A group of an optimizer may choose
    /// another: <see cref="ParameterGroup{T}.StoreStates"/>.
    /// </remarks>
    public Storage Storage { get; set; }

    /// <summary>How values are rounded where <see cref="Storage"/> is narrower than the elements; <see cref="Rounding.Stochastic"/> unless set.</summary>
    public Rounding Rounding { get; set; }

    /// <summary>
    /// True for a constant of each element, such as a bound or a rate of its own: no statement assigns it, and its values are those of
    /// <see cref="Parameter{T}.SetConstant"/>, or else <see cref="Initial"/>.
    /// </summary>
    public bool Constant { get; set; }

    /// <summary>What the state is, in a few words: <c>first moment</c>. Shown in <see cref="StateDescription"/>.</summary>
    public string Meaning { get; set; } = "";
}
