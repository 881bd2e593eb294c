using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using OptDsl.Generators.Lifting;

namespace OptDsl.Generators.Diagnostics;

/// <summary>OPT40x: what only a loop written by hand can get wrong.</summary>
internal static class LoopDescriptors
{
    public static readonly DiagnosticDescriptor CounterStandsStill = New(
        LoopIds.CounterStandsStill, "The count of the steps stands still",
        "A bias correction divides by 1-βᵗ, where t counts the steps. A count that is declared inside the step, or that nothing steps, corrects every step as if it were the first.");

    public static readonly DiagnosticDescriptor CounterPerElement = New(
        LoopIds.CounterPerElement, "The count of the steps counts elements",
        "A count that is stepped inside the loop over the elements is large after one step already, so that a bias correction corrects nothing.");

    public static readonly DiagnosticDescriptor IntegerDivision = New(
        LoopIds.IntegerDivision, "A quotient of whole numbers loses its fraction",
        "Both sides are whole numbers, so that C# rounds their quotient toward zero.");

    public static readonly DiagnosticDescriptor StateBeginsAnew = New(
        LoopIds.StateBeginsAnew, "A state begins anew in every step",
        "An array that a step makes holds zeros before it, so that an average or a sum in it holds the last gradient alone.");

    public static readonly ImmutableArray<DiagnosticDescriptor> All = [CounterStandsStill, CounterPerElement, IntegerDivision, StateBeginsAnew];

    /// <summary>The descriptor of a loop's diagnostic, of those of formulas or of its own.</summary>
    public static DiagnosticDescriptor For(string id) => All.FirstOrDefault(descriptor => descriptor.Id == id) ?? LintDescriptors.For(id);

    private static DiagnosticDescriptor New(string id, string title, string description) => new(
        id, title, "{0}", DiagnosticCategories.Loop, DiagnosticSeverity.Warning, isEnabledByDefault: true, description, HelpLink.For(id));
}
