using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using OptDsl.Generators.Declarations;
using OptDsl.Generators.Diagnostics;
using OptDsl.Language.Checks;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Generators.Analyzers;

/// <summary>Reports OPT331 to OPT333: a rule that does not compute what it says it does, one that the library has, and one that it has but for a slip.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReferenceAnalyzer : DiagnosticAnalyzer
{
    private const string Argument = "Conforms";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => ReferenceDescriptors.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(static symbol => AnalyzedRules.Visit(symbol, Analyze), SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context, AnalyzedRule rule)
    {
        if (rule.Compile(context.CancellationToken)?.Model is not { Source.Kind: RuleKind.UpdateRule } model)
            return;
        if (RuleAttributes.Declaring(rule.Type, out _) is { } attribute && attribute.NamedArguments.FirstOrDefault(argument => argument.Key == Argument) is { Key: Argument } named)
            Compare(context, rule, model, attribute, named.Value.Value as INamedTypeSymbol);
        else
            Recognise(context, rule, model);
    }

    private static void Compare(SymbolAnalysisContext context, AnalyzedRule rule, RuleModel model, AttributeData attribute, INamedTypeSymbol? type)
    {
        var cancellation = context.CancellationToken;
        var place = AttributeSyntaxes.Location(attribute, Argument, cancellation);
        if (type is null)
            return;
        if (AnalyzedRules.Find(type, context.Compilation, cancellation)?.Compile(cancellation)?.Model is not { Source.Kind: RuleKind.UpdateRule } reference)
        {
            Report(place, [], $"'{type.Name}' is no update rule that compiles, so there is nothing to compare '{rule.Type.Name}' with");
            return;
        }

        if (new Conformance(new ComparableRule(model), new ComparableRule(reference)).Find(cancellation) is not { } difference)
            return;
        var edits = ConformanceFixes.Find(model, reference, cancellation);
        Report(
            edits.IsEmpty ? place : rule.Locate(TextOrigin.Formulas, edits[0].Span, cancellation), [.. edits],
            string.Format(
                CultureInfo.InvariantCulture, "'{0}' does not compute what '{1}' computes: at step {2} element {3}, with a gradient of {4:g4}, becomes {5:g9} and not {6:g9}",
                rule.Type.Name, type.Name, difference.Step, difference.Element, difference.Gradient, difference.Own, difference.Other));

        void Report(Location location, ImmutableArray<FormulaFix> fixes, string message) =>
            context.ReportDiagnostic(rule.DiagnoseAt(ReferenceDescriptors.Nonconforming, location, TextOrigin.Formulas, fixes, cancellation, message));
    }

    private static void Recognise(SymbolAnalysisContext context, AnalyzedRule analyzed, RuleModel model)
    {
        var cancellation = context.CancellationToken;
        var runtime = RuleAttributes.Declaring(analyzed.Type, out _)?.AttributeClass?.ContainingAssembly;
        if (runtime is null || SymbolEqualityComparer.Default.Equals(runtime, context.Compilation.Assembly))
            return;
        var rule = new ComparableRule(model);
        var same = LibraryRules.Of(runtime, context.Compilation, cancellation)
            .Select(known => (known.Type, Comparison: new Conformance(rule, known.Rule)))
            .Where(known => known.Comparison.CoversRule)
            .OrderBy(known => known.Comparison.Unmatched)
            .FirstOrDefault(known => known.Comparison.Find(cancellation) is null);
        if (same.Type is null)
        {
            Suggest(context, analyzed, model);
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(
            ReferenceDescriptors.Recognised, analyzed.Type.Locations.FirstOrDefault(),
            $"'{analyzed.Type.Name}' computes what '{same.Type.ToDisplayString()}' computes; Conforms = typeof({same.Type.Name}) holds it to that"));
    }

    /// <summary>Where the checks have found something, what the author probably meant.</summary>
    private static void Suggest(SymbolAnalysisContext context, AnalyzedRule analyzed, RuleModel model)
    {
        var cancellation = context.CancellationToken;
        if (analyzed.Library(context.Compilation, cancellation)?.Nearest(model, analyzed.Lint(cancellation), cancellation) is not { } nearest)
            return;
        var title = nearest.Edit.Title;
        context.ReportDiagnostic(analyzed.Diagnose(
            ReferenceDescriptors.Neighbour, TextOrigin.Formulas, nearest.Place, [nearest.Edit], cancellation,
            $"but for this '{analyzed.Type.Name}' computes what {nearest.Rule.Name} computes: {char.ToLowerInvariant(title[0])}{title.Substring(1)}"));
    }
}
