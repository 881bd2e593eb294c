namespace OptDsl.Kernels;

/// <content>What is verified of few tensors at once.</content>
public static partial class RuleChecks
{
    /// <summary>Verifies that two tensors have the same length and share no memory.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="first">The first, by its symbol.</param>
    /// <param name="firstElements">Its elements.</param>
    /// <param name="second">The second, by its symbol, which is the name of its argument too.</param>
    /// <param name="secondElements">Its elements.</param>
    /// <exception cref="ArgumentException">The lengths differ, or they overlap.</exception>
    public static void Tensors<T>(string first, ReadOnlySpan<T> firstElements, string second, ReadOnlySpan<T> secondElements)
    {
        SameLength(first, firstElements.Length, second, secondElements.Length, second);
        Separate(first, firstElements, second, secondElements, second);
    }

    /// <summary>Verifies that tensors have the same length and share no memory.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="first">The first, by its symbol.</param>
    /// <param name="firstElements">Its elements.</param>
    /// <param name="second">The second, by its symbol, which is the name of its argument too.</param>
    /// <param name="secondElements">Its elements.</param>
    /// <param name="third">The third, by its symbol, which is the name of its argument too.</param>
    /// <param name="thirdElements">Its elements.</param>
    /// <exception cref="ArgumentException">The lengths differ, or two of them overlap.</exception>
    public static void Tensors<T>(
        string first, ReadOnlySpan<T> firstElements, string second, ReadOnlySpan<T> secondElements, string third, ReadOnlySpan<T> thirdElements)
    {
        Tensors(first, firstElements, second, secondElements);
        SameLength(first, firstElements.Length, third, thirdElements.Length, third);
        Separate(first, firstElements, third, thirdElements, third);
        Separate(second, secondElements, third, thirdElements, third);
    }

    /// <summary>Verifies that tensors have the same length and share no memory.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="first">The first, by its symbol.</param>
    /// <param name="firstElements">Its elements.</param>
    /// <param name="second">The second, by its symbol, which is the name of its argument too.</param>
    /// <param name="secondElements">Its elements.</param>
    /// <param name="third">The third, by its symbol, which is the name of its argument too.</param>
    /// <param name="thirdElements">Its elements.</param>
    /// <param name="fourth">The fourth, by its symbol, which is the name of its argument too.</param>
    /// <param name="fourthElements">Its elements.</param>
    /// <exception cref="ArgumentException">The lengths differ, or two of them overlap.</exception>
    public static void Tensors<T>(
        string first, ReadOnlySpan<T> firstElements, string second, ReadOnlySpan<T> secondElements, string third, ReadOnlySpan<T> thirdElements,
        string fourth, ReadOnlySpan<T> fourthElements)
    {
        Tensors(first, firstElements, second, secondElements, third, thirdElements);
        SameLength(first, firstElements.Length, fourth, fourthElements.Length, fourth);
        Separate(first, firstElements, fourth, fourthElements, fourth);
        Separate(second, secondElements, fourth, fourthElements, fourth);
        Separate(third, thirdElements, fourth, fourthElements, fourth);
    }

    /// <summary>Verifies that tensors have the same length and share no memory.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="first">The first, by its symbol.</param>
    /// <param name="firstElements">Its elements.</param>
    /// <param name="second">The second, by its symbol, which is the name of its argument too.</param>
    /// <param name="secondElements">Its elements.</param>
    /// <param name="third">The third, by its symbol, which is the name of its argument too.</param>
    /// <param name="thirdElements">Its elements.</param>
    /// <param name="fourth">The fourth, by its symbol, which is the name of its argument too.</param>
    /// <param name="fourthElements">Its elements.</param>
    /// <param name="fifth">The fifth, by its symbol, which is the name of its argument too.</param>
    /// <param name="fifthElements">Its elements.</param>
    /// <exception cref="ArgumentException">The lengths differ, or two of them overlap.</exception>
    public static void Tensors<T>(
        string first, ReadOnlySpan<T> firstElements, string second, ReadOnlySpan<T> secondElements, string third, ReadOnlySpan<T> thirdElements,
        string fourth, ReadOnlySpan<T> fourthElements, string fifth, ReadOnlySpan<T> fifthElements)
    {
        Tensors(first, firstElements, second, secondElements, third, thirdElements, fourth, fourthElements);
        SameLength(first, firstElements.Length, fifth, fifthElements.Length, fifth);
        Separate(first, firstElements, fifth, fifthElements, fifth);
        Separate(second, secondElements, fifth, fifthElements, fifth);
        Separate(third, thirdElements, fifth, fifthElements, fifth);
        Separate(fourth, fourthElements, fifth, fifthElements, fifth);
    }
}
