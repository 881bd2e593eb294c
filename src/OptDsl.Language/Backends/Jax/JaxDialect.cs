using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Backends.Python;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Backends.Jax;

/// <summary>Arrays of JAX: what depends on the step or on a schedule is one too, since both are traced.</summary>
internal sealed class JaxDialect : PythonDialect
{
    protected override bool CountsAreArrays => true;

    protected override bool IsTraced(Expr node) => node is StepExpr or HyperExpr { Symbol.Source.Type: HyperType.Schedule };

    public override string Template(ForeignFunction function) => function.Jax;

    public override CodeText Extreme(Op function, CodeText first, bool firstIsArray, CodeText second, bool secondIsArray) =>
        CodeText.Call(function == Op.Min ? "jnp.minimum" : "jnp.maximum", first, second);

    public override CodeText Where(CodeText condition, CodeText whenTrue, CodeText whenFalse) =>
        CodeText.Call("jnp.where", condition, whenTrue, whenFalse);

    public override CodeText AsNumbers(CodeText condition, string parameter) => condition.Method("astype", $"{parameter}.dtype");

    public override CodeText Norm(CodeText operand) => CodeText.Call("jnp.sqrt", CodeText.Call("jnp.square", operand).Method("sum"));

    public override CodeText Count(string parameter) => CodeText.Atom($"{parameter}.size");

    public override CodeText Filled(string parameter, CodeText value) => value.Text == "0"
        ? CodeText.Call("jnp.zeros_like", CodeText.Atom(parameter))
        : CodeText.Call("jnp.full_like", CodeText.Atom(parameter), value);

    public override CodeText Single(string parameter, CodeText value) => CodeText.Call("jnp.asarray", value, CodeText.Atom($"{parameter}.dtype"));

    public override CodeText Copied(CodeText array) => array;
}
