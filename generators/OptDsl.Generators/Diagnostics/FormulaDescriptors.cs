using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using OptDsl.Language.Formulas.Diagnostics;

namespace OptDsl.Generators.Diagnostics;

/// <summary>OPT1xx: what is wrong in the text of formulas. The front end words the messages.</summary>
internal static class FormulaDescriptors
{
    public static readonly DiagnosticDescriptor Syntax = new(
        FormulaErrorIds.Syntax, "The formula cannot be read", "{0}",
        DiagnosticCategories.Formula, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For(FormulaErrorIds.Syntax));

    public static readonly DiagnosticDescriptor UnknownName = new(
        FormulaErrorIds.UnknownName, "A name is not declared", "{0}",
        DiagnosticCategories.Formula, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For(FormulaErrorIds.UnknownName));

    public static readonly DiagnosticDescriptor AmbiguousProduct = new(
        FormulaErrorIds.AmbiguousProduct, "A run of letters has two readings", "{0}",
        DiagnosticCategories.Formula, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For(FormulaErrorIds.AmbiguousProduct));

    public static readonly DiagnosticDescriptor BadCall = new(
        FormulaErrorIds.BadCall, "A function is unknown or has the wrong number of arguments", "{0}",
        DiagnosticCategories.Formula, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For(FormulaErrorIds.BadCall));

    public static readonly DiagnosticDescriptor AmbiguousQuotient = new(
        FormulaErrorIds.AmbiguousQuotient, "A quotient has two readings", "{0}",
        DiagnosticCategories.Formula, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For(FormulaErrorIds.AmbiguousQuotient));

    public static readonly DiagnosticDescriptor Shape = new(
        FormulaErrorIds.Shape, "Shapes do not fit", "{0}",
        DiagnosticCategories.Formula, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For(FormulaErrorIds.Shape));

    public static readonly DiagnosticDescriptor ReadOnlyTarget = new(
        FormulaErrorIds.ReadOnlyTarget, "A name cannot be assigned", "{0}",
        DiagnosticCategories.Formula, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For(FormulaErrorIds.ReadOnlyTarget));

    public static readonly DiagnosticDescriptor ReadBeforeValue = new(
        FormulaErrorIds.ReadBeforeValue, "A name is read before it has a value", "{0}",
        DiagnosticCategories.Formula, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For(FormulaErrorIds.ReadBeforeValue));

    public static readonly DiagnosticDescriptor AbsentState = new(
        FormulaErrorIds.AbsentState, "A state is read where it does not exist", "{0}",
        DiagnosticCategories.Formula, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For(FormulaErrorIds.AbsentState));

    public static readonly DiagnosticDescriptor StateCondition = new(
        FormulaErrorIds.StateCondition, "A state cannot depend on this", "{0}",
        DiagnosticCategories.Formula, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For(FormulaErrorIds.StateCondition));

    public static readonly DiagnosticDescriptor Past = new(
        FormulaErrorIds.Past, "A state cannot keep this past", "{0}",
        DiagnosticCategories.Formula, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For(FormulaErrorIds.Past));

    public static readonly DiagnosticDescriptor Skipped = new(
        FormulaErrorIds.Skipped, "Words around the formulas are left out", "{0}",
        DiagnosticCategories.Formula, DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: HelpLink.For(FormulaErrorIds.Skipped));

    public static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        Syntax, UnknownName, AmbiguousProduct, BadCall, AmbiguousQuotient, Shape, ReadOnlyTarget, ReadBeforeValue, AbsentState, StateCondition,
        Skipped, Past,

        // What only the formulas show of a declaration.
        DeclarationDescriptors.NoSuchStorage,
    ];

    public static DiagnosticDescriptor For(string id) => All.Single(descriptor => descriptor.Id == id);
}
