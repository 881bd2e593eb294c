using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace OptDsl.Generators.Diagnostics;

/// <summary>OPT0xx: what is wrong with a declaration around its formulas.</summary>
internal static class DeclarationDescriptors
{
    public static readonly DiagnosticDescriptor NotPartial = new(
        "OPT001", "A rule must be partial",
        "'{0}' must be partial, so that its kernel can be added to it",
        DiagnosticCategories.Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For("OPT001"));

    public static readonly DiagnosticDescriptor ContainerNotPartial = new(
        "OPT002", "A type around a rule must be partial",
        "'{0}' must be partial, because the rule '{1}' is declared inside it",
        DiagnosticCategories.Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For("OPT002"));

    public static readonly DiagnosticDescriptor UnsupportedType = new(
        "OPT003", "This kind of type cannot be a rule",
        "'{0}' cannot be {1}: {2}",
        DiagnosticCategories.Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For("OPT003"));

    public static readonly DiagnosticDescriptor TwoParts = new(
        "OPT004", "A rule is declared twice",
        "'{0}' already declares its formulas on another part: keep one of the two, or give this class another name",
        DiagnosticCategories.Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For("OPT004"));

    public static readonly DiagnosticDescriptor RuleAndSchedule = new(
        "OPT005", "A class is either a rule or a schedule",
        "'{0}' cannot be an update rule and a schedule at once: declare two classes",
        DiagnosticCategories.Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For("OPT005"));

    public static readonly DiagnosticDescriptor NoFormulas = new(
        "OPT006", "A rule needs formulas",
        "{0}",
        DiagnosticCategories.Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For("OPT006"));

    public static readonly DiagnosticDescriptor UnusableSymbol = new(
        "OPT007", "A symbol is no name of the formula language",
        "{0}",
        DiagnosticCategories.Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For("OPT007"));

    public static readonly DiagnosticDescriptor SymbolTaken = new(
        "OPT008", "Two roles have one symbol",
        "'{0}' is the symbol of {1} and of {2}: {3}",
        DiagnosticCategories.Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For("OPT008"));

    public static readonly DiagnosticDescriptor StateTwice = new(
        "OPT009", "A state is declared twice",
        "The state '{0}' is declared twice: remove one of the two",
        DiagnosticCategories.Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For("OPT009"));

    public static readonly DiagnosticDescriptor HyperType = new(
        "OPT010", "A hyper-parameter has the wrong type",
        "'{0}' must be of type double, float, bool or Schedule to be a hyper-parameter, not {1}",
        DiagnosticCategories.Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For("OPT010"));

    public static readonly DiagnosticDescriptor HyperAccessors = new(
        "OPT011", "A hyper-parameter needs a getter and a setter",
        "'{0}' needs get and set (or init) to be a hyper-parameter",
        DiagnosticCategories.Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For("OPT011"));

    public static readonly DiagnosticDescriptor HyperKind = new(
        "OPT012", "A hyper-parameter must be an ordinary property",
        "'{0}' cannot be a hyper-parameter because it is {1}",
        DiagnosticCategories.Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For("OPT012"));

    public static readonly DiagnosticDescriptor EmptyRange = new(
        "OPT013", "The bounds of a hyper-parameter leave no legal value",
        "No value of '{0}' is legal: Min is {1} and Max is {2}",
        DiagnosticCategories.Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For("OPT013"));

    public static readonly DiagnosticDescriptor DefaultOutOfRange = new(
        "OPT014", "The default of a hyper-parameter is outside its bounds",
        "The default {1} of '{0}' is outside its bounds, {2} to {3}",
        DiagnosticCategories.Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For("OPT014"));

    public static readonly DiagnosticDescriptor ScheduleState = new(
        "OPT015", "A schedule has no states",
        "The schedule '{0}' cannot have the state '{1}': its value is a function of the step alone",
        DiagnosticCategories.Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For("OPT015"));

    public static readonly DiagnosticDescriptor NoRule = new(
        "OPT016", "A state or hyper-parameter belongs to no rule",
        "'{0}' has no effect, because '{1}' is neither an update rule nor a schedule: add [UpdateRule(\"…\")] to it",
        DiagnosticCategories.Declaration, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: HelpLink.For("OPT016"));

    public static readonly DiagnosticDescriptor MemberTaken = new(
        "OPT017", "A member of a rule has the place of a generated one",
        "'{0}' cannot have this '{1}': the generated part declares a method there; give it another name",
        DiagnosticCategories.Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For("OPT017"));

    public static readonly DiagnosticDescriptor NoSuchPer = new(
        "OPT018", "A state has one value of nothing that there is",
        "'{0}' has one value of what? {1}",
        DiagnosticCategories.Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For("OPT018"));

    public static readonly DiagnosticDescriptor FirstStep = new(
        "OPT019", "Steps are counted from 0 or from 1",
        "'{0}' cannot count its steps from {1}: FirstStep is 1, or 0 where the first step is {2} = 0; write another offset into the formulas",
        DiagnosticCategories.Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For("OPT019"));

    public static readonly DiagnosticDescriptor NoSuchStorage = new(
        "OPT020", "A state cannot be stored so",
        "{0}",
        DiagnosticCategories.Declaration, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink.For("OPT020"));

    public static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        NotPartial, ContainerNotPartial, UnsupportedType, TwoParts, RuleAndSchedule, NoFormulas, UnusableSymbol, SymbolTaken,
        StateTwice, HyperType, HyperAccessors, HyperKind, EmptyRange, DefaultOutOfRange, ScheduleState, NoRule,
        MemberTaken, NoSuchPer, FirstStep, NoSuchStorage,
    ];

    /// <summary>True where a text or a symbol is in doubt, so that what the formulas mean cannot be said.</summary>
    public static bool LeavesFormulasUnsettled(string id) =>
        id == TwoParts.Id || id == RuleAndSchedule.Id || id == NoFormulas.Id || id == UnusableSymbol.Id || id == SymbolTaken.Id
        || id == StateTwice.Id || id == ScheduleState.Id || id == NoSuchPer.Id;
}
