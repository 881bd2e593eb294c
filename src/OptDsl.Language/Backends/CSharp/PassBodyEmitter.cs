using System.Collections.Immutable;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;
using OptDsl.Language.Plans;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>Writes what a pass does at one index: to a vector of elements, or with the same operations to one element.</summary>
internal sealed class PassBodyEmitter(CodeWriter writer, PassSignature signature, string type, ElementForm form)
{
    private readonly ImmutableArray<ReductionVariables> _sums = ReductionVariables.Of(signature.Pass, type, form);

    public void Write()
    {
        string[] parameters =
        [
            .. signature.Pass.ReadsGradient ? ["TGradient gradient"] : Array.Empty<string>(),
            "nuint i",
            .. signature.Tensors.Select(tensor => $"ref {type} {tensor.Reference}"),
            .. signature.Values.Select(value => form.Type(type) + " " + value.Name),
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
        signature.Pass.VariableOf(node) is { } variable ? signature.Variables.Of(variable)
            : signature.Values.FirstOrDefault(value => value.Scalar.Value == node)?.Name;

    private void WriteStatements()
    {
        var text = new ElementText(type, form, Variable, signature.Switch);
        var statements = signature.Pass.Statements;
        for (var i = 0; i < statements.Length;)
        {
            if (statements[i] is FormulaStatement && i > 0)
                writer.Line();
            if (statements[i].Guard.IsAlways)
            {
                WriteStatement(statements[i++], text);
                continue;
            }

            // Neighbours under the same conditions share a block.
            var guard = statements[i].Guard;
            var block = statements.Skip(i).TakeWhile(statement => statement.Guard.Equals(guard)).ToList();
            foreach (var define in block.OfType<DefineStatement>().Where(define => define.IsReadOutside))
                writer.Line($"{Type(define.Variable)} {signature.Variables.Of(define.Variable)} = default;");
            using (writer.BlockOrLine("if (" + string.Join(" && ", guard.Conditions.Select(Text)) + ")", block.Count))
            {
                foreach (var statement in block)
                    WriteStatement(statement, text);
            }

            i += block.Count;
        }

        string Text(Condition condition) => (condition.IsOn ? "" : "!") + signature.Switch(condition.Node);
    }

    private string Type(Variable variable) => variable.IsCondition ? form.MaskType(type) : form.Type(type);

    private void WriteStatement(Statement statement, ElementText text)
    {
        var target = statement is DefineStatement define ? (define is { Declares: true, IsReadOutside: false } ? "var " : "") + signature.Variables.Of(define.Variable) : "";
        switch (statement)
        {
            case FormulaStatement comment:
                writer.Lines(comment.Formulas.Select(formula => "// " + formula));
                break;
            case LoadStatement { Tensor: var tensor }:
                var reference = signature.Reference(tensor);
                var load = tensor.IsGradient ? $"gradient.Load{form.Name}(ref {reference}, i)"
                    : form.IsVector ? $"{form.Function(type, "LoadUnsafe")}(ref {reference}, i)"
                    : $"Unsafe.Add(ref {reference}, i)";
                writer.Line($"{target} = {load};");
                break;
            case AssignStatement assign:
                var right = assign.Value == assign.Node ? text.Definition(assign.Value) : text.Of(assign.Value);

                // Where a choice is decided for the side that keeps a value, the variable holds it already.
                if (right != target)
                    writer.Line($"{target} = {right};");
                break;
            case ReduceStatement { Reduction: var reduction }:
                WriteReduction(_sums[signature.Pass.Reductions.IndexOf(reduction)], reduction.Node, text);
                break;
            case StoreStatement store:
                writer.Line(form.IsVector
                    ? $"{signature.Variables.Of(store.Variable)}.StoreUnsafe(ref {signature.Reference(store.Tensor)}, i);"
                    : $"Unsafe.Add(ref {signature.Reference(store.Tensor)}, i) = {signature.Variables.Of(store.Variable)};");
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
