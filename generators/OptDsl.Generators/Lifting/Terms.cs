using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using OptDsl.Language.Operations;

namespace OptDsl.Generators.Lifting;

/// <summary>A value that code computes, and where it stands in it.</summary>
internal abstract record Term(TextSpan Span);

internal sealed record NumberTerm(TextSpan Span, double Value) : Term(Span);

/// <summary>The value that a variable, a field or an element has at that moment.</summary>
internal sealed record ReadTerm(TextSpan Span, Place Place) : Term(Span);

/// <summary>An operation; <paramref name="IsInteger"/> for a quotient of whole numbers.</summary>
internal sealed record OperationTerm(TextSpan Span, Op Op, ImmutableArray<Term> Operands, bool IsInteger = false) : Term(Span);

/// <summary>The sum over all elements.</summary>
internal sealed record SumTerm(TextSpan Span, Term Operand) : Term(Span);

/// <summary>The gradient, where it is more than one element of one array.</summary>
internal sealed record GradientTerm(TextSpan Span) : Term(Span);

/// <summary>What the reader knows nothing about: a call into other code, say.</summary>
internal sealed record UnknownTerm(TextSpan Span) : Term(Span);

/// <summary>Where a value is kept.</summary>
/// <param name="Path">The way to it, with <c>{n}</c> for the variable of loop n.</param>
/// <param name="Name">What it is called: of an element, what the array is.</param>
/// <param name="Loops">The loops over whose variables it ranges.</param>
/// <param name="Type">The type of the value.</param>
/// <param name="Root">What the path begins with.</param>
internal sealed record Place(string Path, string Name, ImmutableArray<int> Loops, ITypeSymbol? Type, ISymbol? Root)
{
    /// <summary>The last variable, field or property of the path.</summary>
    public ISymbol? Symbol { get; init; }

    /// <summary>The path of the array that it is an element of; its own where it is none.</summary>
    public string Container => Path.TrimEnd('?').EndsWith("]", StringComparison.Ordinal) ? Path.Substring(0, Path.LastIndexOf('[')) : Path;

    public bool IsWhole => NumberTypes.IsWhole(Type);

    /// <summary>True for a part of an array, which a variable gives its name.</summary>
    public bool IsPart { get; init; }

    public bool IsLocal => Root is ILocalSymbol;
}

/// <summary>One assignment that the code makes, in the order in which it makes them.</summary>
/// <param name="Target">What is assigned.</param>
/// <param name="Value">What to.</param>
/// <param name="TargetSpan">The left side.</param>
/// <param name="Span">The whole assignment.</param>
/// <param name="Loops">The loops around it, from the outermost.</param>
internal sealed record Assignment(Place Target, Term Value, TextSpan TargetSpan, TextSpan Span, ImmutableArray<int> Loops)
{
    /// <summary>The call in the method that was asked for, where another method makes the assignment.</summary>
    public TextSpan? Site { get; init; }

    /// <summary>True where it assigns several numbers at once.</summary>
    public bool IsOfVectors { get; init; }

    /// <summary>True where it declares what it assigns.</summary>
    public bool IsDeclaration { get; init; }

    /// <summary>True for <c>x++</c> and the like.</summary>
    public bool IsIncrement => Value is OperationTerm { Op: Op.Add, Operands: [ReadTerm read, NumberTerm { Value: 1 }] } && read.Place.Path == Target.Path;
}

/// <summary>A loop, or a choice by something unknown, that code is in.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Variable">What counts it, where something does.</param>
/// <param name="Start">The first value of the variable, where it is a constant.</param>
/// <param name="Choice">Of a branch the number that it shares with the branches beside it.</param>
internal sealed record Enclosure(int Id, ISymbol? Variable = null, double? Start = null, int? Choice = null)
{
    public bool IsChoice => Choice is not null;
}

internal static class Terms
{
    public static Term Of(TextSpan span, Op op, params Term[] operands) => new OperationTerm(span, op, [.. operands]);

    public static IEnumerable<Term> Nodes(this Term term) => term switch
    {
        OperationTerm operation => operation.Operands.SelectMany(Nodes).Prepend(term),
        SumTerm sum => sum.Operand.Nodes().Prepend(term),
        _ => [term],
    };

    public static IEnumerable<Place> Reads(this Term term) => term.Nodes().OfType<ReadTerm>().Select(read => read.Place);

    public static bool IsKnown(this Term term) => !term.Nodes().Any(node => node is UnknownTerm);

    /// <summary>The term with some of its parts replaced; a part that is replaced is not looked into.</summary>
    public static Term Replace(this Term term, Func<Term, Term?> replacement) => replacement(term) ?? term switch
    {
        OperationTerm operation => operation with { Operands = [.. operation.Operands.Select(operand => operand.Replace(replacement))] },
        SumTerm sum => sum with { Operand = sum.Operand.Replace(replacement) },
        _ => term,
    };
}
