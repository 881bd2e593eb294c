using System.Globalization;

namespace OptDsl;

/// <summary>A gradient was infinite or NaN, and <see cref="NonFinitePolicy.Throw"/> was asked for. Nothing has been written.</summary>
public sealed class NonFiniteGradientException : ArithmeticException
{
    /// <summary>A gradient was infinite or NaN.</summary>
    /// <param name="parameterName">The name of the parameter.</param>
    /// <param name="index">The first such element.</param>
    /// <param name="value">Its value.</param>
    public NonFiniteGradientException(string parameterName, int index, double value)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"The gradient of parameter '{parameterName}' is {value} at index {index}. Nothing has been written; lower the step size, clip the gradients, or leave such steps out with {nameof(NonFinitePolicy)}.{nameof(NonFinitePolicy.Skip)}."))
    {
        ParameterName = parameterName;
        Index = index;
        Value = value;
    }

    /// <summary>The name of the parameter.</summary>
    public string ParameterName { get; }

    /// <summary>The first element of its gradient that is not finite.</summary>
    public int Index { get; }

    /// <summary>The value of that element: infinite or NaN.</summary>
    public double Value { get; }
}
