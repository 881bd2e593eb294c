using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using OptDsl.Generators.Diagnostics;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Binding;

namespace OptDsl.Generators.Declarations;

/// <summary>Reads the <c>[State]</c> attributes of a class.</summary>
internal static class StateReader
{
    /// <summary>What a state is called where its symbol clashes with another.</summary>
    public const string Role = "a state";

    public static ImmutableArray<StateSource> Read(
        INamedTypeSymbol type, RuleKind kind, string parameter, string step, RoleTable roles, DeclarationReport report, CancellationToken cancellation)
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
            else if (roles.TryAddState(symbol, step, () => AttributeSyntaxes.Location(attribute, null, cancellation)))
            {
                states.Add(new StateSource(
                    symbol!,
                    InitialOf(attribute, UsualInitial(symbol!, parameter, step)),
                    ShapeOf(attribute, symbol!, report, cancellation),
                    RuleAttributes.Named(attribute, "Output", false))
                {
                    Constant = RuleAttributes.Named(attribute, "Constant", false),
                    Meaning = RuleAttributes.Named<string?>(attribute, "Meaning", "") ?? "",
                    When = RuleAttributes.Named<string?>(attribute, "When", "") ?? "",
                    Storage = StorageOf(attribute, symbol!, report, cancellation),
                    Rounding = RuleAttributes.Enumeration(attribute, "Rounding") == 1 ? StateRounding.Nearest : StateRounding.Stochastic,
                });
            }
        }

        return states.ToImmutable();
    }

    /// <summary>What is no text is an error of C#, and of nothing else.</summary>
    private static string InitialOf(AttributeData attribute, string usual) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "Initial") is { Key: not null, Value: { Kind: TypedConstantKind.Primitive, Value: null or string } value } ? value.Value as string ?? "" : usual;

    /// <summary>Before the first step the parameter was what it is; other things were nothing.</summary>
    private static string UsualInitial(string symbol, string parameter, string step) =>
        SymbolNames.NormalizeState(symbol, step) is ({ }, { } past) && past.Name == SymbolNames.Normalize(parameter) ? parameter : "0";

    private static StateStorage StorageOf(AttributeData attribute, string symbol, DeclarationReport report, CancellationToken cancellation)
    {
        var (storage, rounding) = (RuleAttributes.Enumeration(attribute, "Storage"), RuleAttributes.Enumeration(attribute, "Rounding"));
        if (storage is < 0 or > 2)
            report.Add(DeclarationDescriptors.NoSuchStorage, AttributeSyntaxes.Location(attribute, "Storage", cancellation), StoredSo(symbol, "there is no such Storage"));
        else if (rounding is < 0 or > 1)
            report.Add(DeclarationDescriptors.NoSuchStorage, AttributeSyntaxes.Location(attribute, "Rounding", cancellation), StoredSo(symbol, "Rounding is Rounding.Stochastic or Rounding.Nearest"));
        else if (storage > 0 && (RuleAttributes.Enumeration(attribute, "Per") != 0 || RuleAttributes.Named<string?>(attribute, "Shape", "") is { Length: > 0 }))
            report.Add(DeclarationDescriptors.NoSuchStorage, AttributeSyntaxes.Location(attribute, "Storage", cancellation), StoredSo(symbol, "only a state with one value an element can be narrower than the elements"));
        return storage switch
        {
            1 => StateStorage.BFloat16,
            2 => StateStorage.Block8,
            _ => StateStorage.Element,
        };
    }

    private static string StoredSo(string symbol, string reason) => $"'{symbol}' cannot be stored so: {reason}";

    private static Cardinality ShapeOf(AttributeData attribute, string symbol, DeclarationReport report, CancellationToken cancellation)
    {
        var per = RuleAttributes.Enumeration(attribute, "Per");
        if (per is < 0 or > 4)
            Report("Per", "Per is Per.Element, Per.Tensor, Per.Group, Per.Row or Per.Column");
        if (RuleAttributes.Named<string?>(attribute, "Shape", "") is { Length: > 0 } dimensions)
        {
            if (per is > 0 and <= 4)
                Report("Per", "Shape says it already: leave Per out");
            if (CardinalityWords.OfDimensions(dimensions) is { } shape && !shape.IsSingle())
                return shape;
            Report("Shape", "Shape is two dimensions, each of them rows, columns or 1: \"rows×rows\"");
        }

        return per switch
        {
            1 => Cardinality.PerTensor,
            2 => Cardinality.PerGroup,
            3 => Cardinality.PerRow,
            4 => Cardinality.PerColumn,
            _ => Cardinality.PerElement,
        };

        void Report(string argument, string advice) =>
            report.Add(DeclarationDescriptors.NoSuchPer, AttributeSyntaxes.Location(attribute, argument, cancellation), symbol, advice);
    }
}
