using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using OptDsl.Generators.Declarations;
using OptDsl.Generators.Diagnostics;
using OptDsl.Generators.Formulas;
using OptDsl.Generators.Formulas.Diagnostics;
using FormulaSpan = OptDsl.Generators.Formulas.TextSpan;

namespace OptDsl.Generators.Analyzers;

/// <summary>One declared rule of a compilation, read and compiled once for all analyzers, and the way back to its source.</summary>
internal sealed class AnalyzedRule(
    INamedTypeSymbol type, AttributeData attribute, RuleDeclaration declaration, ImmutableArray<Diagnostic> declarationDiagnostics)
{
    private readonly object _gate = new();
    private CompiledRule? _compiled;

    public INamedTypeSymbol Type { get; } = type;

    public RuleDeclaration Declaration { get; } = declaration;

    /// <summary>What is wrong around the formulas.</summary>
    public ImmutableArray<Diagnostic> DeclarationDiagnostics { get; } = declarationDiagnostics;

    /// <summary>
    /// The model or the errors of the formulas; null where a symbol or the text is missing, so that errors in the formulas
    /// would only be the echo of what is reported already.
    /// </summary>
    public CompiledRule? Compile(CancellationToken cancellation)
    {
        if (DeclarationDiagnostics.Any(diagnostic => DeclarationDescriptors.LeavesFormulasUnsettled(diagnostic.Id)))
            return null;
        lock (_gate)
            return _compiled ??= FormulaCompiler.Compile(Declaration.Source, cancellation);
    }

    /// <summary>The characters of a text, or the whole argument where it is no plain literal.</summary>
    public Location Locate(TextOrigin origin, FormulaSpan span, CancellationToken cancellation) => Text(origin, cancellation).Locate(span);

    /// <summary>The property that holds a hyper-parameter.</summary>
    public Location LocateHyper(HyperSource hyper) =>
        Type.GetMembers(hyper.Property).SelectMany(member => member.Locations).FirstOrDefault() ?? Location.None;

    /// <summary>The attribute that declares a state, by its position among the states.</summary>
    public Location LocateState(int index, CancellationToken cancellation) =>
        AttributeSyntaxes.Location(StateAttribute(index), null, cancellation);

    /// <summary>A diagnostic at characters of a text, with the edits that mend it.</summary>
    public Diagnostic Diagnose(
        DiagnosticDescriptor descriptor, TextOrigin origin, FormulaSpan span, ImmutableArray<FormulaFix> fixes,
        CancellationToken cancellation, params object[] arguments) =>
        DiagnoseAt(descriptor, Locate(origin, span, cancellation), origin, fixes, cancellation, arguments);

    /// <summary>A diagnostic anywhere, with the edits of one of the texts that mend it.</summary>
    public Diagnostic DiagnoseAt(
        DiagnosticDescriptor descriptor, Location location, TextOrigin origin, ImmutableArray<FormulaFix> fixes,
        CancellationToken cancellation, params object[] arguments) =>
        Diagnostic.Create(descriptor, location, [Text(origin, cancellation).Whole], FixProperties.Write(fixes), arguments);

    private RuleText Text(TextOrigin origin, CancellationToken cancellation)
    {
        var (carrier, argument) = origin.InitialOfState is { } state ? (StateAttribute(state), "Initial") : (attribute, null);
        return new RuleText(
            AttributeSyntaxes.Argument(carrier, argument, cancellation), AttributeSyntaxes.Location(carrier, argument, cancellation));
    }

    private AttributeData StateAttribute(int index) => RuleAttributes.Find(Type, RuleAttributes.State).ElementAt(index);
}
