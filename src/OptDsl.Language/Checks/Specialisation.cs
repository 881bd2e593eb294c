using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks;

/// <summary>A rule with its options decided: of each choice between two values that an option makes only the chosen one is left.</summary>
internal static class Specialisation
{
    /// <param name="model">The rule.</param>
    /// <param name="hypers">Its hyper-parameters, with the options at the values to decide them by.</param>
    public static RuleModel Of(RuleModel model, ImmutableArray<HyperSymbol> hypers)
    {
        if (!hypers.Any(IsOption))
            return model;
        var source = model.Source with { Hypers = hypers.Select(hyper => hyper.Source).ToImmutableArray() };
        var definitions = new Dictionary<Definition, Definition>();
        var result = ImmutableArray.CreateBuilder<Definition>();
        foreach (var definition in model.Definitions)
        {
            var decided = new Definition(definition.Index, definition.Target, Decide(definition.Value, definitions, hypers), definition.TargetSpan, definition.StatementSpan);
            definitions.Add(definition, decided);
            result.Add(decided);
        }

        return new RuleModel(source, model.Parameter, model.States, hypers, result.ToImmutable(), [.. model.Initials.Select(initial => Decide(initial, definitions, hypers))])
        {
            Conditions = [.. model.Conditions.Select(condition => condition is null ? null : Decide(condition, definitions, hypers))],
            Statements = model.Statements,
            Shifted = model.Shifted,
        };
    }

    public static bool IsOption(HyperSymbol hyper) => hyper.Source.Type == HyperType.Boolean;

    private static Expr Decide(Expr expression, Dictionary<Definition, Definition> definitions, ImmutableArray<HyperSymbol> hypers)
    {
        switch (expression)
        {
            case ConditionalExpr choice when IsDecided(choice.Condition):
                return Fill(Part(StepValue.Of(choice.Condition, hyper => hypers[hyper.Index].Source.Default ?? 0) != 0 ? choice.WhenTrue : choice.WhenFalse), choice);
            case HyperExpr hyper:
                return hyper with { Symbol = hypers[hyper.Symbol.Index] };
            case ConditionalExpr choice:
                return choice with { Condition = Part(choice.Condition), WhenTrue = Part(choice.WhenTrue), WhenFalse = Part(choice.WhenFalse) };
            case DefinedExpr defined:
                return defined with { Definition = definitions[defined.Definition] };
            case UnaryExpr unary:
                return unary with { Operand = Part(unary.Operand) };
            case BinaryExpr binary:
                return binary with { Left = Part(binary.Left), Right = Part(binary.Right) };
            case CallExpr call:
                return call with { Arguments = [.. call.Arguments.Select(Part)] };
            case ReduceExpr reduce:
                return reduce with { Arguments = [.. reduce.Arguments.Select(Part)] };
            case MatrixExpr matrix:
                return matrix with { Arguments = [.. matrix.Arguments.Select(Part)] };
            default:
                return expression;
        }

        Expr Part(Expr part) => Decide(part, definitions, hypers);
    }

    /// <summary>A choice between a tensor and one value is a tensor: so is what is left of it.</summary>
    private static Expr Fill(Expr chosen, ConditionalExpr choice) => chosen.Cardinality == choice.Cardinality ? chosen : choice with { WhenTrue = chosen, WhenFalse = chosen };

    private static bool IsDecided(Expr condition) =>
        condition.Nodes().All(node => node is NumberExpr or UnaryExpr or BinaryExpr or ConditionalExpr || (node is HyperExpr option && IsOption(option.Symbol)))
        && condition.Nodes().Any(node => node is HyperExpr);
}
