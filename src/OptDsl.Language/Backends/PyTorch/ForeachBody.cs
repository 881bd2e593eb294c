using System.Text.RegularExpressions;
using OptDsl.Language.Backends.Python;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Backends.PyTorch;

/// <summary>
/// Writes the statements of a rule for all tensors of a group: each name of a tensor is the list of them. A statement that
/// PyTorch's functions of lists cannot say is the statement of one tensor, in a loop over the lists that it reads.
/// </summary>
internal sealed class ForeachBody(RuleModel model, PythonNames names)
{
    private readonly TorchDialect _dialect = new();
    private readonly Dictionary<Definition, bool> _varies = [];

    /// <summary>False where tensors wait for one another, or which statements run depends on how large a tensor is.</summary>
    public bool IsPossible => !PythonRule.IsCollective(model) && !PythonRule.SharesStep(model)
        && !model.Definitions.SelectMany(definition => definition.Value.Nodes()).OfType<ConditionalExpr>().Any(choice => !_dialect.IsArray(choice.Condition) && Varies(choice.Condition));

    public IEnumerable<string> Lines()
    {
        var single = new PythonExpressions(names, _dialect);
        var lists = new ForeachExpressions(single, _dialect, Loop);
        return new PythonBody(model, names, _dialect).Lines((definition, value, text) => !IsList(definition)
            ? text
            : !Varies(value) && text == single.Value(value).Text && lists.List(value) is { } list ? list.Text : Loop(value, text));
    }

    private string Loop(Expr value, string text)
    {
        var variables = value.Nodes().Select(Variable).OfType<string>().Append(names.Parameter).Distinct()
            .Where(name => Regex.IsMatch(text, $@"(?<![\w.]){Regex.Escape(name)}(?!\w)")).ToList();
        var joined = string.Join(", ", variables);
        return $"[{text} for {joined} in {(variables.Count == 1 ? joined : $"zip({joined})")}]";
    }

    /// <summary>The name of a list that an expression reads.</summary>
    private string? Variable(Expr read) => read switch
    {
        GradientExpr => names.Gradient,
        OldExpr old => names.Old(old.Symbol),
        DefinedExpr { Definition: var definition } when IsList(definition) => names.Of(definition),
        _ => null,
    };

    private bool IsList(Definition definition) => definition.Target is StoredSymbol || _dialect.IsArray(definition.Value) || Varies(definition.Value);

    /// <summary>True for a number that differs from tensor to tensor, or what is made of one: it counts their elements.</summary>
    private bool Varies(Expr expression) => expression switch
    {
        BinaryExpr quotient when PythonExpressions.MeanOf(quotient) is { } operand => Varies(operand),
        ReduceExpr reduce => reduce.Reduction == Op.Count || !reduce.Arguments.All(argument => argument.Cardinality == Cardinality.PerElement) || reduce.Arguments.Any(Varies),
        DefinedExpr { Definition: var definition } => !_dialect.IsArray(definition.Value) && VariesIn(definition),
        _ => expression.Children().Any(Varies),
    };

    private bool VariesIn(Definition definition)
    {
        if (!_varies.TryGetValue(definition, out var varies))
            _varies[definition] = varies = Varies(definition.Value);
        return varies;
    }
}
