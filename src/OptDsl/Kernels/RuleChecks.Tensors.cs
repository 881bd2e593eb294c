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
        SameLength(first, firstElements.Length, second, secondElements.Length, second);
        SameLength(first, firstElements.Length, third, thirdElements.Length, third);
        Separate(first, firstElements, second, secondElements, second);
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
        SameLength(first, firstElements.Length, second, secondElements.Length, second);
        SameLength(first, firstElements.Length, third, thirdElements.Length, third);
        SameLength(first, firstElements.Length, fourth, fourthElements.Length, fourth);
        Separate(first, firstElements, second, secondElements, second);
        Separate(first, firstElements, third, thirdElements, third);
        Separate(first, firstElements, fourth, fourthElements, fourth);
        Separate(second, secondElements, third, thirdElements, third);
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
        SameLength(first, firstElements.Length, second, secondElements.Length, second);
        SameLength(first, firstElements.Length, third, thirdElements.Length, third);
        SameLength(first, firstElements.Length, fourth, fourthElements.Length, fourth);
        SameLength(first, firstElements.Length, fifth, fifthElements.Length, fifth);
        Separate(first, firstElements, second, secondElements, second);
        Separate(first, firstElements, third, thirdElements, third);
        Separate(first, firstElements, fourth, fourthElements, fourth);
        Separate(first, firstElements, fifth, fifthElements, fifth);
        Separate(second, secondElements, third, thirdElements, third);
        Separate(second, secondElements, fourth, fourthElements, fourth);
        Separate(second, secondElements, fifth, fifthElements, fifth);
        Separate(third, thirdElements, fourth, fourthElements, fourth);
        Separate(third, thirdElements, fifth, fifthElements, fifth);
        Separate(fourth, fourthElements, fifth, fifthElements, fifth);
    }
}
