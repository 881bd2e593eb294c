using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Formulas.Evaluation;

/// <summary>The registers that a step starts from, in this order: an unused one, step count, hyper-parameters, gradient, parameter, states.</summary>
internal readonly struct RegisterLayout(RuleModel model)
{
    public const int Unused = 0;

    public const int Step = 1;

    public static int Hyper(int index) => Step + 1 + index;

    public int Gradient => Hyper(model.Hypers.Length + model.Shifted.Length);

    public int Parameter => Gradient + 1;

    public int State(int index) => Parameter + 1 + index;

    public int Count => State(model.States.Length);

    public Cardinality ShapeOf(int register) =>
        register == Gradient || register == Parameter ? Cardinality.PerElement
        : register >= State(0) ? model.States[register - State(0)].Cardinality
        : Cardinality.PerStep;
}
