using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OptDsl.Kernels;

/// <summary>What a generated rule verifies before it writes anything. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class RuleChecks
{
    /// <summary>The step as a number.</summary>
    /// <param name="step">The step.</param>
    /// <param name="name">The name of the argument.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is below 1.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Step(RuleStep step, string name)
    {
        if (step.Count < 1)
            ThrowStep(step.Count, name);
        return step.Count;
    }

    /// <summary>The step at which schedules have another value of the same rule; before the first step they have that of the first.</summary>
    /// <param name="step">The step.</param>
    /// <param name="steps">How many steps later, or earlier if negative.</param>
    public static RuleStep Later(RuleStep step, int steps) => step with { ScheduleStep = Math.Max(1, step.ScheduleStep + steps) };

    /// <summary>The value of a hyper-parameter, verified.</summary>
    /// <param name="value">The value.</param>
    /// <param name="min">The smallest legal value.</param>
    /// <param name="max">The largest legal value.</param>
    /// <param name="property">The property that holds it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or out of its range.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Hyper(double value, double min, double max, string property)
    {
        if (!(value >= min && value <= max))
            ThrowRange(value, min, max, property);
        return value;
    }

    /// <summary>The value of a scheduled hyper-parameter at a step, verified.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="step">The step.</param>
    /// <param name="min">The smallest legal value.</param>
    /// <param name="max">The largest legal value.</param>
    /// <param name="property">The property that holds it.</param>
    /// <exception cref="ArgumentNullException">The property is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN, infinite or out of its range, or the schedule has no value.</exception>
    public static double Hyper(Schedule? schedule, RuleStep step, double min, double max, string property) =>
        Finite(Hyper(At(schedule, step, property), min, max, property), property);

    /// <summary>The value of a scheduled hyper-parameter at a step.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="step">The step.</param>
    /// <param name="property">The property that holds it.</param>
    /// <exception cref="ArgumentNullException">The property is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The schedule has no value.</exception>
    public static double At(Schedule? schedule, RuleStep step, string property)
    {
        if (schedule is null)
            ThrowNoSchedule(property);
        try
        {
            return schedule.At(step.ScheduleStep);
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentOutOfRangeException(
                property,
                (exception as ArgumentOutOfRangeException)?.ActualValue,
                $"{property} has no value at step {step.ScheduleStep}: {schedule.GetType().Name}: {exception.Reason}");
        }
    }

    /// <summary>The learning rate at a step, as the group has it, verified.</summary>
    /// <inheritdoc cref="Hyper(Schedule?, RuleStep, double, double, string)"/>
    public static double Rate(Schedule? schedule, RuleStep step, double min, double max, string property) =>
        Finite(Hyper(RateAt(schedule, step, property), min, max, property), property);

    /// <summary>The learning rate at a step, as the group has it, verified.</summary>
    /// <param name="value">The rule's own.</param>
    /// <param name="step">The step.</param>
    /// <param name="min">The smallest legal value.</param>
    /// <param name="max">The largest legal value.</param>
    /// <param name="property">The property that holds it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN, infinite or out of its range, or the group's schedule has no value.</exception>
    public static double Rate(double value, RuleStep step, double min, double max, string property) =>
        Finite(Hyper(RateAt(value, step, property), min, max, property), property);

    /// <summary>The learning rate at a step, as the group has it.</summary>
    /// <inheritdoc cref="At"/>
    public static double RateAt(Schedule? schedule, RuleStep step, string property) =>
        At(step.LearningRate ?? schedule, step, property) * step.LearningRateFactor;

    /// <summary>The learning rate at a step, as the group has it.</summary>
    /// <param name="value">The rule's own.</param>
    /// <param name="step">The step.</param>
    /// <param name="property">The property that holds it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The group's schedule has no value.</exception>
    public static double RateAt(double value, RuleStep step, string property) =>
        (step.LearningRate is { } schedule ? At(schedule, step, property) : value) * step.LearningRateFactor;

    /// <summary>Verifies that two tensors have the same length.</summary>
    /// <param name="first">The symbol of the first.</param>
    /// <param name="firstLength">Its length.</param>
    /// <param name="second">The symbol of the second.</param>
    /// <param name="secondLength">Its length.</param>
    /// <param name="argument">The name of the argument that is the second.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SameLength(string first, int firstLength, string second, int secondLength, string argument)
    {
        if (firstLength != secondLength)
            ThrowLengths(first, firstLength, second, secondLength, argument);
    }

    /// <summary>Verifies that two tensors share no memory.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="first">The symbol of the first.</param>
    /// <param name="firstElements">Its elements.</param>
    /// <param name="second">The symbol of the second.</param>
    /// <param name="secondElements">Its elements.</param>
    /// <param name="argument">The name of the argument that is the second.</param>
    /// <exception cref="ArgumentException">They overlap.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Separate<T>(
        string first, ReadOnlySpan<T> firstElements, string second, ReadOnlySpan<T> secondElements, string argument)
    {
        // As MemoryExtensions.Overlaps, which is a call: here four instructions, and emptiness is asked for on suspicion only.
        var distance = (nuint)Unsafe.ByteOffset(ref MemoryMarshal.GetReference(firstElements), ref MemoryMarshal.GetReference(secondElements));
        if ((distance < Bytes(firstElements) || 0 - distance < Bytes(secondElements)) && !firstElements.IsEmpty && !secondElements.IsEmpty)
            ThrowOverlap(first, second, argument);

        static nuint Bytes(ReadOnlySpan<T> elements) => (nuint)elements.Length * (nuint)Unsafe.SizeOf<T>();
    }

    /// <summary>Verifies that two values of a tensor are not one variable.</summary>
    /// <param name="first">The symbol of the first.</param>
    /// <param name="firstValue">Where it is.</param>
    /// <param name="second">The symbol of the second.</param>
    /// <param name="secondValue">Where it is.</param>
    /// <param name="argument">The name of the argument that is the second.</param>
    /// <exception cref="ArgumentException">They are one.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Separate(string first, ref double firstValue, string second, ref double secondValue, string argument)
    {
        if (Unsafe.AreSame(ref firstValue, ref secondValue))
            ThrowShared(first, second, argument);
    }

    /// <summary>Verifies what a state is given its first value with.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="state">The state's position among those that are tensors.</param>
    /// <param name="parameterLength">The number of elements of the parameter.</param>
    /// <param name="length">The number of elements of the state.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rule has no such state.</exception>
    /// <exception cref="ArgumentException">The state is element-wise, and not as long as the parameter.</exception>
    internal static void Initial(RuleDescription rule, int state, int parameterLength, int length)
    {
        var description = rule.States.Where(candidate => !candidate.IsScalar).ElementAtOrDefault(state)
            ?? throw new ArgumentOutOfRangeException(nameof(state), state, $"{rule.Name} has no such state.");
        if (description.IsOfElements && parameterLength != length)
            ThrowLengths("the parameter", parameterLength, description.Symbol, length, "destination");
    }

    private static double Finite(double value, string property)
    {
        if (!double.IsFinite(value))
            ThrowInfinite(value, property);
        return value;
    }

    /// <summary>Where a tensor lies in memory.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="argument">Its position among the arguments.</param>
    /// <param name="elements">Its elements.</param>
    public static MemoryExtent Extent<T>(int argument, ReadOnlySpan<T> elements) => new(
        argument, Unsafe.ByteOffset(ref Unsafe.NullRef<T>(), ref MemoryMarshal.GetReference(elements)), elements.Length * (nint)Unsafe.SizeOf<T>());

    /// <summary>Where a value of a tensor lies in memory.</summary>
    /// <param name="argument">Its position among the arguments.</param>
    /// <param name="value">Where it is.</param>
    public static MemoryExtent Extent(int argument, ref double value) => new(argument, Unsafe.ByteOffset(ref Unsafe.NullRef<double>(), ref value), sizeof(double));

    /// <summary>Verifies that no two of many arguments share memory: once they are sorted by address, neighbours are all that has to be compared.</summary>
    /// <param name="extents">Where they lie; sorted.</param>
    /// <param name="symbols">Their symbols, by position.</param>
    /// <param name="arguments">Their names, by position.</param>
    /// <exception cref="ArgumentException">Two of them overlap.</exception>
    public static void Separate(Span<MemoryExtent> extents, ReadOnlySpan<string> symbols, ReadOnlySpan<string> arguments)
    {
        extents.Sort(static (left, right) => left.Start != right.Start ? left.Start.CompareTo(right.Start) : left.Argument.CompareTo(right.Argument));

        // What is empty overlaps nothing, wherever it lies.
        var last = default(MemoryExtent);
        foreach (var extent in extents)
        {
            if (extent.Length == 0)
                continue;
            if (last.Length > 0 && last.Start + last.Length > extent.Start)
            {
                var (first, second) = last.Argument < extent.Argument ? (last, extent) : (extent, last);
                ThrowOverlap(symbols[first.Argument], symbols[second.Argument], arguments[second.Argument]);
            }

            last = extent;
        }
    }

    // Apart from the checks, so that these are inlined.
    [DoesNotReturn]
    private static void ThrowInfinite(double value, string property) =>
        throw new ArgumentOutOfRangeException(property, value, $"{property} must be finite.");

    [DoesNotReturn]
    private static void ThrowStep(long step, string name) => throw new ArgumentOutOfRangeException(name, step, "The first step is step 1.");

    [DoesNotReturn]
    private static void ThrowRange(double value, double min, double max, string property) => throw new ArgumentOutOfRangeException(
        property, value, string.Create(CultureInfo.InvariantCulture, $"{property} must be {Range(min, max)}."));

    [DoesNotReturn]
    private static void ThrowNoSchedule(string property) =>
        throw new ArgumentNullException(property, $"{property} has no schedule: set it to a number or a Schedule.");

    [DoesNotReturn]
    private static void ThrowLengths(string first, int firstLength, string second, int secondLength, string argument) => throw new ArgumentException(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{second} has {secondLength} elements and {first} has {firstLength}: they must have equally many."),
        argument);

    [DoesNotReturn]
    private static void ThrowOverlap(string first, string second, string argument) =>
        throw new ArgumentException($"{first} and {second} overlap in memory: each tensor of a rule needs memory of its own.", argument);

    [DoesNotReturn]
    private static void ThrowShared(string first, string second, string argument) =>
        throw new ArgumentException($"{first} and {second} are one variable: each state of a rule needs memory of its own.", argument);

    private static string Range(double min, double max) => (double.IsNegativeInfinity(min), double.IsPositiveInfinity(max)) switch
    {
        (true, true) => "a number",
        (false, true) => string.Create(CultureInfo.InvariantCulture, $"at least {min}"),
        (true, false) => string.Create(CultureInfo.InvariantCulture, $"at most {max}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"from {min} to {max}"),
    };
}
