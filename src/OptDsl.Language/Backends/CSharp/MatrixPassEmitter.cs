using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans;
using static OptDsl.Language.Backends.CSharp.RuntimeContract;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>
/// Writes how a rule of matrices runs its passes: what each is called with, row by row where it looks at rows or columns, and the
/// functions of whole matrices between them.
/// </summary>
internal sealed class MatrixPassEmitter(CodeWriter writer, RuleLayout file)
{
    /// <summary>Writes the method that runs a pass over a slice, and the one that leads it from row to row.</summary>
    public void WriteSlice(PassSignature pass)
    {
        var (gradient, isByRows) = (pass.Pass.ReadsGradient, pass.Pass.IsByRows);
        writer.Header(
            $"private static void {pass.Name}<{Types(pass)}>", [.. gradient ? ["TGradient gradient"] : Array.Empty<string>(), $"in {PassSlice.Name}<T> slice"], Constraints(pass));
        using (writer.Block())
        {
            if (isByRows)
                WriteDimensions(pass.Pass);
            var columns = pass.ColumnSums.Select((sum, i) => (sum, Text: $"slice.{PassSlice.ColumnSums}({CSharp.Int(i)})")).ToList();
            if (pass.Pass.IsWhole)
            {
                foreach (var (sum, text) in columns)
                {
                    writer.Line($"var {sum.Columns} = {text}[..width];");
                    writer.Line($"{RowBlocks.Begin}({sum.Columns}, {sum.Kind});");
                }
            }

            writer.Call($"{pass.Name}{(isByRows ? "Rows" : "")}<{Types(pass)}>",
            [
                .. gradient ? ["gradient"] : Array.Empty<string>(),
                "slice." + PassSlice.Scalars,
                .. isByRows ? pass.Pass.Reductions.IsEmpty ? Array.Empty<string>() : ["slice." + PassSlice.Partials] : pass.Sums.Count == 0 ? [] : ["slice." + PassSlice.Partials],
                .. isByRows ? ["height", "width", .. pass.ColumnSums.Count == 0 ? Array.Empty<string>() : [pass.Pass.IsWhole ? "height" : "slice." + PassSlice.BlockRows]] : Array.Empty<string>(),
                .. pass.Tensors.Select(tensor => Memory(tensor.Tensor, pass.Pass)),
                .. RowReductions(pass).Select(sum => Memory(sum.Plan.Destination!, pass.Pass)),
                .. columns.Select(column => pass.Pass.IsWhole ? column.sum.Columns : column.Text),
            ]);
            foreach (var sum in pass.ColumnSums.Where(_ => pass.Pass.IsWhole))
                writer.Line($"{RowBlocks.Combine}({sum.Columns}, {sum.Kind}, {Scratch(sum.Plan.Destination!)});");
        }

        if (!isByRows)
            return;
        writer.Line();
        WriteRows(pass);
    }

    /// <summary>Writes the method that computes a function of whole matrices.</summary>
    public void WriteOperation(PassSignature pass)
    {
        var operation = pass.Pass.Operation!;
        if (operation.Formula != "")
            writer.Line($"/// <summary>{CSharp.Xml(operation.Formula)}</summary>");
        writer.Header($"private static void {pass.Name}<T>", [$"in {PassSlice.Name}<T> slice"], [PassSignature.ElementConstraint]);
        using (writer.Block())
        {
            writer.Line($"var (rows, columns) = (slice.{PassSlice.Shape}.{RuntimeContract.TensorShape.Rows}, slice.{PassSlice.Shape}.{RuntimeContract.TensorShape.Columns});");
            var result = Scratch(operation.Result);
            var inputs = operation.Inputs.Select((input, i) => $"new {Matrix.Name}<T>({Whole(input)}, {Size(input.Cardinality.Height())}, {Size(input.Cardinality.Width())}){(operation.IsTransposed(i) ? "." + Matrix.Transposed : "")}").ToList();
            var scalars = operation.Node.Operands.Where(operand => operand.IsScalar).Select(operand => operand.IsConstant ? CSharp.Double(operand.Value) : ScalarBlockEmitter.Scalar(file.Plan.Scalars.Of(operand)!).Replace("scalars", "slice." + PassSlice.Scalars)).ToList();
            var workspace = "slice." + PassSlice.Workspace;
            writer.Line(operation.Node.Op switch
            {
                Op.Identity => $"{MatrixFills.Diagonal}(1.0, 0.0, {Size(operation.Result.Cardinality.Height())}, {result});",
                Op.Diagonal => $"{MatrixFills.ReadDiagonal}<T>({Whole(operation.Inputs[0])}, {result});",
                Op.Transpose => $"{MatrixFills.Transpose}<T>({Whole(operation.Inputs[0])}, {Size(operation.Inputs[0].Cardinality.Height())}, {Size(operation.Inputs[0].Cardinality.Width())}, {result});",
                Op.Ordering => $"{MatrixMath.Ordering}<T>({Whole(operation.Inputs[0])}, {result});",
                Op.MatrixProduct when operation.Inputs[0] == operation.Inputs[1] && operation.IsTransposed(0) != operation.IsTransposed(1) =>
                    $"{MatrixMath.MultiplyByTranspose}(1.0, {inputs[0]}, 0.0, [], {result}, {workspace});",
                Op.MatrixProduct => $"{MatrixMath.Multiply}({inputs[0]}, {inputs[1]}, {result}, {workspace});",
                Op.NewtonSchulz => $"{MatrixMath.NewtonSchulz}({inputs[0]}, {string.Join(", ", scalars)}, {result}, {workspace});",
                Op.PolarFactor => $"{MatrixMath.PolarFactor}({inputs[0]}, {result}, {workspace});",
                Op.InverseRoot => $"{MatrixMath.InverseRoot}({inputs[0]}, {scalars[0]}, {result}, {workspace});",
                Op.Eigenvectors => $"{MatrixMath.Eigenvectors}({inputs[0]}, {result}, {workspace});",
                Op.Orthogonal => $"{MatrixMath.Orthogonal}({inputs[0]}, {result}, {workspace});",
                _ => throw new InvalidOperationException("Unknown function of matrices " + operation.Node.Op),
            });
        }
    }

    private void WriteRows(PassSignature pass)
    {
        var gradient = pass.Pass.ReadsGradient;
        var ofTensor = pass.Sums.Where(sum => sum.Plan.Destination is null).ToList();
        writer.Header(
            $"private static void {pass.Name}Rows<{Types(pass)}>",
            [
                .. gradient ? ["TGradient gradient"] : Array.Empty<string>(),
                "ReadOnlySpan<double> scalars",
                .. ofTensor.Count == 0 ? Array.Empty<string>() : ["Span<double> partials"],
                "int height", "int width",
                .. pass.ColumnSums.Count == 0 ? Array.Empty<string>() : ["int blockRows"],
                .. pass.Tensors.Select(tensor => (tensor.IsGradient ? "ReadOnlySpan<T> " : "Span<T> ") + tensor.Name),
                .. RowReductions(pass).Select(sum => "Span<T> " + file.Names.Of(sum.Plan.Destination!.Name)),
                .. pass.ColumnSums.Select(sum => "Span<double> " + sum.Columns),
            ],
            Constraints(pass));
        using (writer.Block())
        using (file.Declaration.CheckOverflow ? writer.Block("unchecked") : default)
        {
            if (pass.Sums.Count > 0)
                writer.Line($"Span<double> ofRow = stackalloc double[{CSharp.Int(pass.Sums.Count)}];");
            if (ofTensor.Count == pass.Sums.Count && pass.ColumnSums.Count == 0 && pass.Tensors.All(tensor => tensor.Form == TensorForm.Whole))
            {
                writer.Line("if (width == 1)");
                using (writer.Block())
                {
                    writer.Call($"{pass.Name}<{Types(pass)}>", [.. gradient ? ["gradient"] : Array.Empty<string>(), "scalars", "partials", .. pass.Tensors.Select(tensor => tensor.Name)]);
                    writer.Line("return;");
                }

                writer.Line();
            }

            foreach (var sum in ofTensor)
                writer.Line($"var {sum.Tree} = default({RowTree.Name});");
            using (writer.Block("for (var row = 0; row < height; row++)"))
            {
                writer.Call($"{pass.Name}<{Types(pass)}>",
                [
                    .. gradient ? ["gradient"] : Array.Empty<string>(),
                    "scalars",
                    .. pass.Sums.Count == 0 ? Array.Empty<string>() : ["ofRow"],
                    .. pass.Tensors.Select(tensor => tensor.Form switch
                    {
                        TensorForm.OfColumns => tensor.Name,
                        TensorForm.OfRows => $"{RowBlocks.Value}<T>({tensor.Name}, row)",
                        _ => $"{RowBlocks.Row}({tensor.Name}, row, width)",
                    }),
                    .. pass.ColumnSums.Select(sum => $"{sum.Columns}.Slice(row / blockRows * width, width)"),
                ]);
                for (var i = 0; i < pass.Sums.Count; i++)
                {
                    var (sum, value) = (pass.Sums[i], $"ofRow[{CSharp.Int(i)}]");
                    writer.Line(sum.Plan.Destination is { } destination
                        ? $"{file.Names.Of(destination.Name)}[row] = {Elements.Of}<T>({(sum.IsNorm ? $"{BlockNorm.Root}({value})" : value)});"
                        : $"{sum.Tree}.{RowTree.Add}({value}, {sum.Kind});");
                }
            }

            for (var i = 0; i < ofTensor.Count; i++)
                writer.Line($"partials[{CSharp.Int(i)}] = {ofTensor[i].Tree}.{RowTree.Total}({ofTensor[i].Kind});");
        }
    }

    private void WriteDimensions(PassPlan pass)
    {
        if (!pass.IsWhole)
        {
            writer.Line($"var width = slice.{PassSlice.Shape}.{RuntimeContract.TensorShape.Columns};");
            writer.Line($"var height = slice.{PassSlice.Parameter}.Length / width;");
            return;
        }

        writer.Line($"var (rows, columns) = (slice.{PassSlice.Shape}.{RuntimeContract.TensorShape.Rows}, slice.{PassSlice.Shape}.{RuntimeContract.TensorShape.Columns});");
        writer.Line($"var (height, width) = ({Size(pass.Domain.Height())}, {Size(pass.Domain.Width())});");
    }

    private static IEnumerable<ReductionVariables> RowReductions(PassSignature pass) => pass.Sums.Where(sum => sum.Plan.Destination is not null);

    private static string Types(PassSignature pass) => pass.Pass.ReadsGradient ? "T, TGradient" : "T";

    private static IEnumerable<string> Constraints(PassSignature pass) => pass.Pass.ReadsGradient ? [PassSignature.ElementConstraint, PassSignature.GradientConstraint] : [PassSignature.ElementConstraint];

    private static string Size(Extent extent) => extent switch
    {
        Extent.Rows => "rows",
        Extent.Columns => "columns",
        _ => "1",
    };

    /// <summary>The memory of a tensor, as far as the slice goes.</summary>
    private string Memory(TensorPlan tensor, PassPlan pass)
    {
        var whole = Whole(tensor);
        if (tensor.Symbol is not StateSymbol && tensor.Scratch is null)
            return whole;
        return pass.IsWhole ? whole
            : tensor.Cardinality == Cardinality.PerElement ? tensor.Scratch is null ? whole : $"slice.{PassSlice.ElementsOf}({whole})"
            : tensor.Cardinality.Width() == Extent.One ? $"slice.{PassSlice.RowsOf}({whole})"
            : whole;
    }

    private string Whole(TensorPlan tensor) => tensor switch
    {
        { IsGradient: true } => "slice." + PassSlice.Gradient,
        { Scratch: not null } => Scratch(tensor),
        { Symbol: StateSymbol } => $"slice.{PassSlice.State}({CSharp.Int(file.Plan.ElementStates.IndexOf(tensor))})",
        _ => "slice." + PassSlice.Parameter,
    };

    private static string Scratch(TensorPlan tensor) => $"slice.{PassSlice.Scratch}({CSharp.Int(tensor.Scratch!.Value)})";
}
