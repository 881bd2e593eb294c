namespace OptDsl;

/// <summary>What a state has one value of.</summary>
public enum Per
{
    /// <summary>One value an element: a tensor like the parameter, of the same element type.</summary>
    Element,

    /// <summary>One number a parameter tensor, kept in double.</summary>
    Tensor,

    /// <summary>
    /// One number, kept in double, that all tensors of a <see cref="ParameterGroup{T}"/> share: a step size found from all of them, a
    /// count. Only what is the same for all of them can be assigned to it; <c>group(‖g‖)</c> is.
    /// </summary>
    /// <remarks>
    /// The tensors of such a group take their steps together: the <c>t</c> of the formulas counts the steps of the group. Groups
    /// have values of their own, and a tensor that is stepped by itself is a group of one.
    /// </remarks>
    Group,

    /// <summary>One value a row of the parameter, of the parameter's element type: a row is all that has the same first index.</summary>
    Row,

    /// <summary>One value a column of the parameter, of the parameter's element type: all dimensions but the first are the columns.</summary>
    Column,
}
