using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OptDsl.Generators.Diagnostics;
using OptDsl.Language.Backends.CSharp;
using OptDsl.Language.Formulas;

namespace OptDsl.Generators.Declarations;

/// <summary>
/// From an annotated class to the declaration as data. The generator and the analyzers read through here, so that they cannot
/// disagree; only the analyzers listen to what is wrong.
/// </summary>
internal static class DeclarationReader
{
    /// <summary>The declaration, or null for a class that is neither a rule nor a schedule.</summary>
    public static RuleDeclaration? Read(
        INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation, Action<Diagnostic>? listener = null)
    {
        if (RuleAttributes.Declaring(type, out var kind) is not { } attribute)
            return null;

        var report = new DeclarationReport(listener);
        CheckSingle(type, attribute, report, cancellation);
        var reader = new TypeReader(report, cancellation);
        var canReopen = reader.CheckKind(type, kind);
        var (header, isOpen) = reader.Read(type);
        var source = ReadSource(type, kind, attribute, compilation, report, cancellation);
        var collides = new MemberCollisions(report, cancellation).Check(type, source);
        return new RuleDeclaration(
            header, source, RuleAttributes.Named(attribute, "Precise", false),
            compilation.Options is CSharpCompilationOptions { CheckOverflow: true })
        {
            HintName = HintName.For(type),
            Errors = report.Messages,
            Warnings = InheritedWarnings.Of(type, kind),
            CanReopen = canReopen && isOpen && !collides,
        };
    }

    private static RuleSource ReadSource(
        INamedTypeSymbol type, RuleKind kind, AttributeData attribute, Compilation compilation, DeclarationReport report, CancellationToken cancellation)
    {
        var roles = new RoleTable(report);
        var (parameter, gradient) = kind == RuleKind.Schedule
            ? ("", "")
            : (Role("Parameter", "W", "the parameter"), Role("Gradient", "g", "the gradient"));
        var step = Role("Step", "t", "the step");
        var states = StateReader.Read(type, kind, parameter, OptDsl.Language.Formulas.Binding.SymbolNames.Normalize(step) ?? step, roles, report, cancellation);
        var hypers = new HyperReader(compilation, roles, report, cancellation).Read(type);
        var source = new RuleSource(
            kind, ReadFormulas(type, kind, attribute, report, cancellation), parameter, gradient, step,
            RuleAttributes.Named(attribute, "Maximize", false), states, hypers)
        {
            FirstStep = ReadFirstStep(type, attribute, step, report, cancellation),
        };
        return UnseenMembers.Of(type, source, cancellation) is { Count: > 0 } unseen ? source with { Unseen = unseen } : source;

        string Role(string argument, string usual, string role)
        {
            var symbol = RuleAttributes.Named<string?>(attribute, argument, usual);
            return roles.TryAdd(symbol, role, () => AttributeSyntaxes.Location(attribute, argument, cancellation)) ? symbol! : usual;
        }
    }

    private static int ReadFirstStep(INamedTypeSymbol type, AttributeData attribute, string step, DeclarationReport report, CancellationToken cancellation)
    {
        var first = RuleAttributes.Named(attribute, "FirstStep", 1);
        if (first is 0 or 1)
            return first;
        report.Add(
            DeclarationDescriptors.FirstStep, AttributeSyntaxes.Location(attribute, "FirstStep", cancellation),
            type.Name, first.ToString(CultureInfo.InvariantCulture), step);
        return 1;
    }

    private static string ReadFormulas(
        INamedTypeSymbol type, RuleKind kind, AttributeData attribute, DeclarationReport report, CancellationToken cancellation)
    {
        var formulas = RuleAttributes.Text(attribute);
        if (string.IsNullOrWhiteSpace(formulas))
            report.Add(DeclarationDescriptors.NoFormulas, AttributeSyntaxes.Location(attribute, null, cancellation), WhyNone(type, kind, attribute, cancellation));
        return formulas ?? "";
    }

    private static string WhyNone(INamedTypeSymbol type, RuleKind kind, AttributeData attribute, CancellationToken cancellation)
    {
        var texts = AttributeSyntaxes.Syntax(attribute, cancellation)?.ArgumentList?.Arguments.Where(argument => argument.NameEquals is null).ToList() ?? [];
        return texts.Count > 1 ? $"'{type.Name}' has its formulas in {texts.Count.ToString(CultureInfo.InvariantCulture)} texts: write one, with a statement a line or ';' between statements"
            : texts is [{ Expression: not LiteralExpressionSyntax }] && RuleAttributes.Text(attribute) is null
                ? $"The formulas of '{type.Name}' are not known when it is compiled: write them as a literal, as a const string, or as an interpolated string of constants"
                : $"'{type.Name}' declares no formulas: write at least one statement, such as {(kind == RuleKind.Schedule ? "η = 0.1 / √t" : "W = W - ηg")}, as a constant text";
    }

    private static void CheckSingle(INamedTypeSymbol type, AttributeData first, DeclarationReport report, CancellationToken cancellation)
    {
        foreach (var attribute in RuleAttributes.Find(type, RuleAttributes.UpdateRule).Concat(RuleAttributes.Find(type, RuleAttributes.Schedule)))
        {
            if (attribute == first)
                continue;
            var descriptor = SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, first.AttributeClass)
                ? DeclarationDescriptors.TwoParts
                : DeclarationDescriptors.RuleAndSchedule;
            report.Add(descriptor, AttributeSyntaxes.Syntax(attribute, cancellation)?.GetLocation(), type.Name);
        }
    }
}
