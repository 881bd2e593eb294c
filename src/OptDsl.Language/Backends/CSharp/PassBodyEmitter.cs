using System.Collections.Immutable;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>Writes what a pass does at one index: to a vector of elements, or with the same operations to one element.</summary>
internal sealed class PassBodyEmitter(CodeWriter writer, PassSignature signature, string type, ElementForm form)
{
    private readonly PassCode _code = signature.Code;
    private readonly ImmutableArray<ReductionVariables> _sums = ReductionVariables.Of(signature.Pass, type, form);

    public void Write()
    {
        string[] parameters =
        [
            .. signature.Pass.ReadsGradient ? ["TGradient gradient"] : Array.Empty<string>(),
            "nuint i",
            .. signature.Tensors.Select(tensor => $"ref {type} {tensor.Reference}"),
            .. _code.Values.Select(slot => form.Type(type) + " " + slot.Name),
            .. signature.Flags.Select(flag => "bool " + flag.Name),
            .. form.IsVector && !_sums.IsEmpty ? ["int position"] : Array.Empty<string>(),
            .. _sums.Select(sum => "ref " + (form.IsVector ? sum.BlockType + " " + sum.Block : sum.LaneType + " " + sum.Lane)),
        ];
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        writer.Header("private static void " + signature.Body(form) + signature.TypeParameters, parameters, signature.Constraints(type));
        using (writer.Block())
        {
            WriteStatements();
            if (signature.Pass.ReadsGradient)
            {
                writer.Line();
                writer.Line($"gradient.Release{form.Name}(ref {signature.GradientReference}, i);");
            }
        }

        writer.Line();
    }

    private string? Variable(Node node) =>
        _code.Variable(node) ?? _code.Values.FirstOrDefault(slot => slot.Node == node)?.Name;

    private void WriteStatements()
    {
        var text = new ElementText(type, form, Variable, signature.Switch);
        var statements = _code.Statements;
        for (var i = 0; i < statements.Count;)
        {
            if (statements[i] is CommentStatement && i > 0)
                writer.Line();
            if (statements[i].Guard.IsAlways)
            {
                WriteStatement(statements[i++], text);
                continue;
            }

            // Neighbours under the same conditions share a block.
            var guard = statements[i].Guard;
            var block = statements.Skip(i).TakeWhile(statement => statement.Guard.Equals(guard)).ToList();
            foreach (var statement in block.Where(_code.IsDeclaredBefore))
                writer.Line($"{Type(statement.Defines!)} {_code.Variable(statement.Defines!)} = default;");
            using (writer.BlockOrLine("if (" + string.Join(" && ", guard.Conditions.Select(Text)) + ")", block.Count))
            {
                foreach (var statement in block)
                    WriteStatement(statement, text);
            }

            i += block.Count;
        }

        string Text(Condition condition) => (condition.IsOn ? "" : "!") + signature.Switch(condition.Node);
    }

    private string Type(Node node) => PassCode.IsMask(node) ? form.MaskType(type) : form.Type(type);

    private void WriteStatement(Statement statement, ElementText text)
    {
        var var = statement is AssignStatement { Declares: false } || _code.IsDeclaredBefore(statement) ? "" : "var ";
        switch (statement)
        {
            case CommentStatement comment:
                writer.Lines(comment.Formulas.Select(formula => "// " + formula));
                break;
            case LoadStatement { Node: var node }:
                var reference = signature.Reference(node);
                var load = node.Op == Op.Gradient ? $"gradient.Load{form.Name}(ref {reference}, i)"
                    : form.IsVector ? $"{form.Function(type, "LoadUnsafe")}(ref {reference}, i)"
                    : $"Unsafe.Add(ref {reference}, i)";
                writer.Line($"{var}{_code.Variable(node)} = {load};");
                break;
            case AssignStatement assign:
                var value = _code.Value(assign.Node);
                writer.Line($"{var}{assign.Name} = {(value == assign.Node ? text.Definition(value) : text.Of(value))};");
                break;
            case ReduceStatement { Node: var node }:
                WriteReduction(_sums[signature.Pass.Reductions.IndexOf(node)], node, text);
                break;
            case StoreStatement { Node: var node }:
                writer.Line(form.IsVector
                    ? $"{_code.Variable(node)}.StoreUnsafe(ref {signature.Reference(node)}, i);"
                    : $"Unsafe.Add(ref {signature.Reference(node)}, i) = {_code.Variable(node)};");
                break;
        }
    }

    private void WriteReduction(ReductionVariables sum, Node node, ElementText text)
    {
        var values = string.Join(", ", node.Operands.Select(text.Of));
        var method = node.Op == Op.Dot ? "AddProduct" : "Add";
        writer.Line((sum.IsMax, form.IsVector) switch
        {
            (true, true) => $"{sum.Block} = {form.Function(type, "Max")}({sum.Block}, {form.Function(type, "Abs")}({values}));",
            (true, false) => $"{sum.Lane} = {type}.Max({sum.Lane}, {type}.Abs({values}));",
            (false, true) => $"{sum.Block}.{method}(position, {values});",
            (false, false) => $"BlockSum.{method}(ref {sum.Lane}, {values});",
        });
    }
}
