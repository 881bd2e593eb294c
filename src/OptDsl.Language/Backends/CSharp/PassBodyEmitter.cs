using OptDsl.Language.Plans;
using OptDsl.Language.Plans.Graph;
using static OptDsl.Language.Backends.CSharp.RuntimeContract;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>Writes what a pass does at one index, to as many elements as a pack holds.</summary>
internal sealed class PassBodyEmitter(CodeWriter writer, PassSignature signature)
{
    public void Write()
    {
        string[] parameters =
        [
            "nuint i",
            .. signature.ElementParameters(sum => sum.Pack, signature.HasLanes ? "int position" : ""),
        ];
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        writer.Header("private static void At", parameters, []);
        using (writer.Block())
        {
            WriteStatements();
            if (signature.Pass.ReadsGradient)
            {
                writer.Line();
                writer.Line($"gradient.{IGradientReader.Release}<TPack>(ref {signature.GradientReference}, i);");
            }
        }
    }

    private string? Variable(Node node) =>
        signature.Pass.VariableOf(node) is { } variable ? signature.Variables.Of(variable)
            : signature.Values.FirstOrDefault(value => value.Scalar.Value == node)?.Name;

    private void WriteStatements()
    {
        var text = new ElementText("TPack", Variable, signature.Switch);
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
                writer.Line($"TPack {signature.Variables.Of(define.Variable)} = default;");
            using (writer.BlockOrLine("if (" + string.Join(" && ", guard.Conditions.Select(Text)) + ")", block.Count))
            {
                foreach (var statement in block)
                    WriteStatement(statement, text);
            }

            i += block.Count;
        }

        string Text(Condition condition) => (condition.IsOn ? "" : "!") + signature.Switch(condition.Node);
    }

    private void WriteStatement(Statement statement, ElementText text)
    {
        switch (statement)
        {
            case FormulaStatement formula:
                foreach (var line in formula.Formulas)
                    writer.Line("// " + line);
                break;
            case LoadStatement load:
                var source = $"ref {signature.Reference(load.Tensor)}, i";
                writer.Line(Target(load, "var") + (signature.Argument(load.Tensor).Form == TensorForm.OfRows ? signature.Reference(load.Tensor) + ";" : load.Tensor.IsGradient ? $"gradient.{IGradientReader.Load}<TPack>({source});"
                    : signature.Argument(load.Tensor).IsState ? $"states.{IStateMemory.Load}<TPack, T>({signature.StateIndex(load.Tensor)}, {source});"
                    : $"TPack.{IPack.Load}({source});"));
                break;
            case AssignStatement assign:
                var assigned = assign.Value == assign.Node ? text.Definition(assign.Value) : text.Of(assign.Value);

                // Where a choice is decided for the side that keeps a value, the variable holds it already.
                if (assigned != signature.Variables.Of(assign.Variable))
                    writer.Line(Target(assign, ElementText.IsNumber(assign.Value) ? "TPack" : "var") + assigned + ";");
                break;
            case ReduceStatement { Reduction: var reduction }:
                WriteReduction(signature.Variable(reduction), text);
                break;
            case StoreStatement store:
                var (value, target) = (signature.Variables.Of(store.Variable), $"ref {signature.Reference(store.Tensor)}, i");
                writer.Line(signature.Argument(store.Tensor).IsState ? $"states.{IStateMemory.Store}({signature.StateIndex(store.Tensor)}, {value}, {target});" : $"{value}.{IPack.Store}({target});");
                break;
        }
    }

    private string Target(DefineStatement define, string type) =>
        (define is { Declares: true, IsReadOutside: false } ? type + " " : "") + signature.Variables.Of(define.Variable) + " = ";

    private void WriteReduction(ReductionVariables sum, ElementText text)
    {
        var values = string.Join(", ", sum.Plan.Operands.Select(text.Of));
        if (sum.Plan.IsOfColumns)
        {
            writer.Line($"TPack.{(sum.IsLargest ? IPack.RaiseTo : sum.IsNorm ? IPack.AddSquareTo : IPack.AddTo)}({text.Of(sum.Plan.Operands[0])}, ref {sum.FirstColumn}, i);");
            return;
        }

        writer.Line(sum.IsLargest ? $"{sum.Pack} = TPack.{IPack.Max}({sum.Pack}, {values});" : sum.IsMax ? $"{sum.Pack} = TPack.{IPack.Max}({sum.Pack}, TPack.{IPack.Abs}({values}));"
            : $"{sum.Pack}.{(sum.Plan.Operands.Length == 2 ? IBlockLanes.AddProduct : IBlockLanes.Add)}(position, {values});");
        if (!sum.IsNorm)
            return;

        // Squares of doubles may overflow or vanish: then the block is summed once more.
        writer.Line("if (typeof(T) == typeof(double))");
        using (writer.Indent())
            writer.Line($"{text.Of(sum.Plan.Operands[0])}.{IPack.Store}(ref {sum.FirstKept}, i % {BlockSum.Length});");
    }
}
