using OptDsl.Language.Plans;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>Writes the statements of a block of scalars.</summary>
/// <param name="writer">Receives them.</param>
/// <param name="block">The block.</param>
/// <param name="given">The text of a value that is there before, or null.</param>
/// <param name="variables">The identifiers of its variables.</param>
internal sealed class ScalarBlockEmitter(CodeWriter writer, ScalarBlock block, Func<Node, string?> given, VariableNames variables)
{
    public void Write()
    {
        var known = new Dictionary<Node, string>();
        var text = new ScalarText(node => known.TryGetValue(node, out var target) ? target : given(node));
        foreach (var statement in block.Statements)
        {
            var value = text.Of(statement.Value);
            var declares = statement is LetStatement ? "var " : "";
            writer.Line($"{declares}{Target(statement)} = {value};{Comment(statement, value)}");
            if (statement.IsUsed)
                known.Add(statement.Value, Target(statement));
        }
    }

    /// <summary>A scalar of the rule.</summary>
    public static string Scalar(ScalarPlan scalar) => $"scalars[{CSharp.Int(scalar.Index)}]";

    private string Target(ScalarStatement statement) => statement switch
    {
        LetStatement let => variables.Of(let.Variable),
        ScalarStoreStatement store => Scalar(store.Scalar),
        _ => throw new InvalidOperationException("Unknown statement " + statement.GetType().Name),
    };

    private static string Comment(ScalarStatement statement, string value) =>
        statement is ScalarStoreStatement { Scalar: { } scalar } && scalar.Name != value && !scalar.TellsValue ? " // " + scalar.Name : "";
}
