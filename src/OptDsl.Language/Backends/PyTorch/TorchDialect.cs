using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Backends.Python;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Backends.PyTorch;

/// <summary>Tensors of PyTorch; what is the same for all tensors is a number of Python.</summary>
internal sealed class TorchDialect : PythonDialect
{
    protected override bool CountsAreArrays => false;

    protected override bool IsTraced(Expr node) => false;

    public override string Template(ForeignFunction function) => function.Torch;

    public override CodeText Extreme(Op function, CodeText first, bool firstIsArray, CodeText second, bool secondIsArray)
    {
        var isMin = function == Op.Min;
        if (firstIsArray && secondIsArray)
            return CodeText.Call(isMin ? "torch.minimum" : "torch.maximum", first, second);
        var (tensor, bound) = firstIsArray ? (first, second) : (second, first);
        return tensor.Method("clamp", $"{(isMin ? "max" : "min")}={bound.Text}");
    }

    public override CodeText Where(CodeText condition, CodeText whenTrue, CodeText whenFalse) =>
        CodeText.Call("torch.where", condition, whenTrue, whenFalse);

    public override CodeText AsNumbers(CodeText condition, string parameter) => condition.Method("to", $"{parameter}.dtype");

    public override CodeText Norm(CodeText operand) => operand.Method("norm");

    public override CodeText Count(string parameter) => CodeText.Atom(parameter).Method("numel");

    public override CodeText Filled(string parameter, CodeText value) => value.Text == "0" ? CodeText.Call("torch.zeros_like", CodeText.Atom(parameter))
        : new($"torch.zeros_like({parameter}) + {value.Within(Tightness.Sum)}", Tightness.Sum);

    public override CodeText Single(string parameter, CodeText value) => CodeText.Atom(parameter).Method("new_tensor", value.Text);

    public override CodeText Copied(CodeText array) => array.Method("clone");
}
