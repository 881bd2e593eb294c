using System.Globalization;

namespace OptDsl;

/// <summary>A gradient was infinite or NaN, and <see cref="NonFinitePolicy.Throw"/> was asked for. Nothing has been written.</summary>
public sealed class NonFiniteGradientException : ArithmeticException
{
    /// <summary>A gradient was infinite or NaN, in memory or once scaled.</summary>
    /// <param name="parameterName">The name of the parameter.</param>
    /// <param name="index">The first such element.</param>
    /// <param name="value">Its value in memory.</param>
    /// <param name="scale">The factor on it: gradient scale, mean over the accumulated parts, and loss scale.</param>
    public NonFiniteGradientException(string parameterName, int index, double value, double scale = 1)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"The gradient of parameter '{parameterName}' is {value} at index {index}{(double.IsFinite(value) ? $", and not finite once multiplied by {scale.ToString(CultureInfo.InvariantCulture)}" : "")}. Nothing has been written; lower the step size, clip the gradients, or leave such steps out with {nameof(NonFinitePolicy)}.{nameof(NonFinitePolicy.Skip)}."))
    {
        ParameterName = parameterName;
        Index = index;
        Value = value;
        Scale = scale;
    }

    /// <summary>The name of the parameter.</summary>
    public string ParameterName { get; }

    /// <summary>The first element of its gradient that is not finite.</summary>
    public int Index { get; }

    /// <summary>The value of that element in memory: infinite or NaN, or finite but too large to be scaled.</summary>
    public double Value { get; }

    /// <summary>The factor on the gradient: gradient scale, mean over the accumulated parts, and loss scale.</summary>
    public double Scale { get; }
}
