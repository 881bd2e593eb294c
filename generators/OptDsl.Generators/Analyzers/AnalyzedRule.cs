using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OptDsl.Generators.Declarations;
using OptDsl.Generators.Diagnostics;
using OptDsl.Language.Backends.CSharp;
using OptDsl.Language.Checks;
using OptDsl.Language.Checks.Analysis;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using FormulaSpan = OptDsl.Language.Formulas.TextSpan;

namespace OptDsl.Generators.Analyzers;

/// <summary>One declared rule of a compilation, read once for all analyzers, and the way back to its source.</summary>
internal sealed class AnalyzedRule(
    INamedTypeSymbol type, AttributeData attribute, RuleDeclaration declaration, ImmutableArray<Diagnostic> declarationDiagnostics)
{
    public INamedTypeSymbol Type { get; } = type;

    public RuleDeclaration Declaration { get; } = declaration;

    /// <summary>What is wrong around the formulas.</summary>
    public ImmutableArray<Diagnostic> DeclarationDiagnostics { get; } = declarationDiagnostics;

    /// <summary>
    /// The model or the errors of the formulas; null where a symbol or the text is missing, so that errors in the formulas
    /// would only be the echo of what is reported already.
    /// </summary>
    public CompiledRule? Compile(CancellationToken cancellation) =>
        DeclarationDiagnostics.Any(diagnostic => DeclarationDescriptors.LeavesFormulasUnsettled(diagnostic.Id)) ? null : CompiledRules.Of(Declaration.Source, cancellation);

    /// <summary>What the analyses have to say about the mathematics; nothing of a rule that does not compile, or whose values are in doubt.</summary>
    public ImmutableArray<Finding> Lint(CancellationToken cancellation) =>
        DeclarationDiagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) || Compile(cancellation)?.Model is null ? [] : RuleFindings.Of(Declaration.Source, cancellation);

    /// <summary>The edits that mend what a diagnostic of these analyses reports, each of them tried; one that makes a rule of the library first.</summary>
    public ImmutableArray<FormulaFix> FindFixes(Diagnostic diagnostic, Compilation compilation, CancellationToken cancellation)
    {
        var findings = Lint(cancellation);
        var finding = findings.FirstOrDefault(candidate =>
            candidate.Id == diagnostic.Id && Locate(candidate, cancellation).SourceSpan == diagnostic.Location.SourceSpan);
        return finding is null ? [] : new FixTrial(Compile(cancellation)!.Model!, findings, LintOptions.Default, cancellation, Library(compilation, cancellation)).Find(finding);
    }

    /// <summary>Knows the rules of the referenced runtime; null while that itself is compiled.</summary>
    public Neighbours? Library(Compilation compilation, CancellationToken cancellation)
    {
        var runtime = RuleAttributes.Declaring(Type, out _)?.AttributeClass?.ContainingAssembly;
        return runtime is null || SymbolEqualityComparer.Default.Equals(runtime, compilation.Assembly) ? null : LibraryRules.Neighbours(runtime, compilation, cancellation);
    }

    /// <summary>The declaration or the characters that a finding is about.</summary>
    public Location Locate(Finding finding, CancellationToken cancellation) => finding.Declaration switch
    {
        HyperSymbol hyper => LocateHyper(hyper.Source),
        StateSymbol state => LocateState(state.Index, cancellation),
        _ => Locate(TextOrigin.Formulas, finding.Span, cancellation),
    };

    /// <summary>The characters of a text, or the whole argument where it is no plain literal.</summary>
    public Location Locate(TextOrigin origin, FormulaSpan span, CancellationToken cancellation) => Text(origin, cancellation).Locate(span);

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

    /// <summary>The argument of an attribute that holds a text; null where it is left out or in metadata.</summary>
    public ExpressionSyntax? Expression(TextOrigin origin, CancellationToken cancellation)
    {
        var (carrier, argument) = Carrier(origin);
        return AttributeSyntaxes.Argument(carrier, argument, cancellation);
    }

    /// <summary>The argument that holds the symbol of a hyper-parameter; null for one that is inherited.</summary>
    public ExpressionSyntax? Expression(HyperSource hyper, CancellationToken cancellation) =>
        Type.GetMembers(hyper.Property).SelectMany(member => RuleAttributes.Find(member, RuleAttributes.Hyper)).FirstOrDefault() is { } found
            ? AttributeSyntaxes.Argument(found, null, cancellation)
            : null;

    private RuleText Text(TextOrigin origin, CancellationToken cancellation)
    {
        var (carrier, argument) = Carrier(origin);
        return new RuleText(
            AttributeSyntaxes.Argument(carrier, argument, cancellation), AttributeSyntaxes.Location(carrier, argument, cancellation));
    }

    private (AttributeData Carrier, string? Argument) Carrier(TextOrigin origin) =>
        origin.State is { } state ? (StateAttribute(state), origin.Argument) : (attribute, null);

    private Location LocateHyper(HyperSource hyper) =>
        Type.GetMembers(hyper.Property).SelectMany(member => member.Locations).FirstOrDefault() ?? Location.None;

    private Location LocateState(int index, CancellationToken cancellation) =>
        AttributeSyntaxes.Location(StateAttribute(index), null, cancellation);

    private AttributeData StateAttribute(int index) => RuleAttributes.Find(Type, RuleAttributes.State).ElementAt(index);
}
