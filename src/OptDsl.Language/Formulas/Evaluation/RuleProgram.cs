using System.Collections.Immutable;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Formulas.Evaluation;

/// <summary>
/// A rule as a flat list of instructions on registers: the form in which the interpreter runs it. Immutable; any number of
/// <see cref="RuleRun"/>s share one.
/// </summary>
/// <param name="Model">What it computes.</param>
/// <param name="Registers">Their shapes, and the values of constants.</param>
/// <param name="Initialisation">Computes the initial values of the states.</param>
/// <param name="InitialRegisters">Per state the register in which <paramref name="Initialisation"/> leaves its initial value.</param>
/// <param name="Step">Computes every definition of one step.</param>
/// <param name="ResultRegisters">Per definition the register of what its statement computes.</param>
/// <param name="DefinitionRegisters">Per definition the register that its readers see; another one only if it is held.</param>
/// <param name="Stores">What moves into the stored tensors when the step is over.</param>
internal sealed record RuleProgram(
    RuleModel Model,
    ImmutableArray<Register> Registers,
    ImmutableArray<Instruction> Initialisation,
    ImmutableArray<int> InitialRegisters,
    ImmutableArray<Instruction> Step,
    ImmutableArray<int> ResultRegisters,
    ImmutableArray<int> DefinitionRegisters,
    ImmutableArray<Store> Stores)
{
    public RegisterLayout Layout { get; } = new(Model);

    public static RuleProgram Compile(RuleModel model) => new ProgramBuilder(model).Build();

    /// <param name="model">The rule.</param>
    /// <param name="held">Definitions whose readers see what <see cref="RuleRun.Held"/> says instead of what their statement computes.</param>
    /// <param name="expressions">Receives the register of every expression; to be keyed by identity.</param>
    public static RuleProgram Compile(RuleModel model, IEnumerable<Definition> held, Dictionary<Expr, int> expressions) =>
        new ProgramBuilder(model, [.. held], expressions).Build();
}

/// <param name="Shape">How many values it has.</param>
/// <param name="Constant">The value of a constant.</param>
internal readonly record struct Register(Cardinality Shape, double Constant = 0);

/// <param name="From">The register of a definition.</param>
/// <param name="To">The register of a stored tensor.</param>
internal readonly record struct Store(int From, int To);
