using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace OptDsl.Generators.Diagnostics;

/// <summary>OPT1xx: what is wrong in the text of formulas. The front end words the messages.</summary>
internal static class FormulaDescriptors
{
    public static readonly DiagnosticDescriptor Syntax = new(
        "OPT101", "The formula cannot be read", "{0}",
        DiagnosticCategories.Formula, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For("OPT101"));

    public static readonly DiagnosticDescriptor UnknownName = new(
        "OPT102", "A name is not declared", "{0}",
        DiagnosticCategories.Formula, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For("OPT102"));

    public static readonly DiagnosticDescriptor AmbiguousProduct = new(
        "OPT103", "A run of letters has two readings", "{0}",
        DiagnosticCategories.Formula, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For("OPT103"));

    public static readonly DiagnosticDescriptor Call = new(
        "OPT104", "A function is unknown or has the wrong number of arguments", "{0}",
        DiagnosticCategories.Formula, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For("OPT104"));

    public static readonly DiagnosticDescriptor AmbiguousDivision = new(
        "OPT105", "A quotient has two readings", "{0}",
        DiagnosticCategories.Formula, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For("OPT105"));

    public static readonly DiagnosticDescriptor Shape = new(
        "OPT106", "Shapes do not fit", "{0}",
        DiagnosticCategories.Formula, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For("OPT106"));

    public static readonly DiagnosticDescriptor ReadOnlyName = new(
        "OPT107", "A name cannot be assigned", "{0}",
        DiagnosticCategories.Formula, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For("OPT107"));

    public static readonly DiagnosticDescriptor NoValueYet = new(
        "OPT108", "A name is read before it has a value", "{0}",
        DiagnosticCategories.Formula, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For("OPT108"));

    public static readonly ImmutableArray<DiagnosticDescriptor> All =
        [Syntax, UnknownName, AmbiguousProduct, Call, AmbiguousDivision, Shape, ReadOnlyName, NoValueYet];

    public static DiagnosticDescriptor For(string id) => All.Single(descriptor => descriptor.Id == id);
}
