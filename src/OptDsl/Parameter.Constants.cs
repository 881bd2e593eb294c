using OptDsl.Language.Formulas.Syntax;

namespace OptDsl;

/// <content>Constants of its own for each element.</content>
public sealed partial class Parameter<T>
{
    private readonly Dictionary<string, T[]> _constants = new(StringComparer.Ordinal);

    /// <summary>
    /// The values of a constant that the rule declares, as in <c>[State("lower", Constant = true)]</c>: a bound, a rate or a weight for
    /// each element. They are copied into the state when the parameter's states begin, with its first step, and stored in checkpoints.
    /// </summary>
    /// <param name="symbol">Its symbol, as the declaration spells it.</param>
    /// <param name="values">One an element; copied.</param>
    /// <exception cref="ArgumentException">There are not as many values as elements.</exception>
    public void SetConstant(string symbol, ReadOnlySpan<T> values)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(symbol);
        if (values.Length != Length)
            throw new ArgumentException($"Parameter '{Name}' has {Length} elements, and the constant '{symbol}' {values.Length}.", nameof(values));
        _constants[LetterForms.OfSymbol(symbol)] = values.ToArray();
    }

    /// <summary>The values of a state that was given some; else empty.</summary>
    internal ReadOnlyMemory<T> Constant(string symbol) => _constants.Count > 0 && _constants.TryGetValue(LetterForms.OfSymbol(symbol), out var values) ? values : default;
}
