using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using OptDsl.Generators.Diagnostics;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Generators.Declarations;

/// <summary>Reads the <c>[State]</c> attributes of a class.</summary>
internal static class StateReader
{
    /// <summary>What a state is called where its symbol clashes with another.</summary>
    public const string Role = "a state";

    public static ImmutableArray<StateSource> Read(
        INamedTypeSymbol type, RuleKind kind, RoleTable roles, DeclarationReport report, CancellationToken cancellation)
    {
        var states = ImmutableArray.CreateBuilder<StateSource>();
        foreach (var attribute in RuleAttributes.Find(type, RuleAttributes.State))
        {
            cancellation.ThrowIfCancellationRequested();
            var symbol = RuleAttributes.Text(attribute);
            if (kind == RuleKind.Schedule)
            {
                report.Add(
                    DeclarationDescriptors.ScheduleState, AttributeSyntaxes.Syntax(attribute, cancellation)?.GetLocation(),
                    type.Name, symbol ?? "");
            }
            else if (roles.TryAdd(symbol, Role, () => AttributeSyntaxes.Location(attribute, null, cancellation)))
            {
                states.Add(new StateSource(
                    symbol!,
                    RuleAttributes.Named<string?>(attribute, "Initial", "0") ?? "",
                    ShapeOf(attribute, symbol!, report, cancellation),
                    RuleAttributes.Named(attribute, "Output", false))
                {
                    Meaning = RuleAttributes.Named<string?>(attribute, "Meaning", "") ?? "",
                    When = RuleAttributes.Named<string?>(attribute, "When", "") ?? "",
                });
            }
        }

        return states.ToImmutable();
    }

    private static Shape ShapeOf(AttributeData attribute, string symbol, DeclarationReport report, CancellationToken cancellation)
    {
        var perTensor = RuleAttributes.Named(attribute, "PerTensor", false);
        var perGroup = RuleAttributes.Named(attribute, "PerGroup", false);
        if (perTensor && perGroup)
            report.Add(DeclarationDescriptors.TwoShapes, AttributeSyntaxes.Location(attribute, "PerTensor", cancellation), symbol);
        return perGroup ? Shape.PerGroup : perTensor ? Shape.PerTensor : Shape.PerElement;
    }
}
