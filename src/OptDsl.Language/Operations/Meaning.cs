using System.Collections.Immutable;

namespace OptDsl.Language.Operations;

/// <summary>What a call computes: operations on its arguments and on numbers.</summary>
internal abstract record Meaning
{
    public static readonly Meaning X = new ArgumentMeaning(0);
    public static readonly Meaning Y = new ArgumentMeaning(1);
    public static readonly Meaning Z = new ArgumentMeaning(2);

    public static implicit operator Meaning(double value) => new NumberMeaning(value);

    public static Meaning Of(Op op, params ImmutableArray<Meaning> operands) => new OperationMeaning(op, operands);
}

internal sealed record ArgumentMeaning(int Index) : Meaning;

internal sealed record NumberMeaning(double Value) : Meaning;

internal sealed record OperationMeaning(Op Op, ImmutableArray<Meaning> Operands) : Meaning;
