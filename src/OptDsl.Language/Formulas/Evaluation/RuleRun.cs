using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Evaluation;

/// <summary>
/// Runs a rule step by step on tensors: the reference for what its formulas mean. In double unless told otherwise, sums
/// compensated. Not thread-safe.
/// </summary>
internal sealed class RuleRun
{
    /// <summary>At full speed from the first call: a compiler process is over before a method that is called often is compiled anew.</summary>
    private const MethodImplOptions Eagerly = (MethodImplOptions)512;

    private readonly RuleProgram _program;
    private readonly ElementFormat _format;
    private readonly bool _rounds;
    private readonly double[][] _registers;
    private readonly TensorShape _shape;

    /// <param name="program">The rule.</param>
    /// <param name="parameter">The starting values; copied.</param>
    /// <param name="hypers">A value per hyper-parameter of the model.</param>
    /// <param name="format">The type that every tensor operation is rounded to; <see cref="ElementFormat.Double"/> unless given.</param>
    /// <param name="bounded">The type of another implementation whose distance from this run <see cref="Bounds"/> shall bound.</param>
    /// <param name="shape">The dimensions of the parameter; a vector unless given.</param>
    public RuleRun(
        RuleProgram program, double[] parameter, IReadOnlyList<double> hypers,
        ElementFormat? format = null, ElementFormat? bounded = null, TensorShape? shape = null)
    {
        _program = program;
        _format = format ?? ElementFormat.Double;
        _rounds = _format != ElementFormat.Double;
        _shape = shape ?? TensorShape.Vector(parameter.Length);
        _registers = [.. program.Registers.Select(register => new double[_shape.Size(register.Shape)])];
        for (var index = 0; index < _registers.Length; index++)
        {
            if (program.Registers[index].Shape.IsSingle())
                _registers[index][0] = program.Registers[index].Constant;
        }

        for (var index = 0; index < hypers.Count; index++)
            SetHyper(index, hypers[index]);
        Assign(program.Layout.Parameter, parameter);
        Bounds = bounded is null ? null : new ErrorBounds(program, _registers, bounded, _shape);

        Execute(program.Initialisation);
        for (var index = 0; index < program.InitialRegisters.Length; index++)
            Move(new Store(program.InitialRegisters[index], program.Layout.State(index)));
    }

    /// <summary>Steps taken; before a step one less than the step count that its formulas read.</summary>
    public long StepCount { get; set; }

    /// <summary>How far another implementation may be from this one by rounding, if asked for.</summary>
    public ErrorBounds? Bounds { get; }

    /// <summary>Counts the steps, if asked for.</summary>
    public StepTally? Tally { get; init; }

    public double[] Parameter => _registers[_program.Layout.Parameter];

    public double[] State(int index) => _registers[_program.Layout.State(index)];

    /// <summary>The value of a definition in the last step: one, or one an element.</summary>
    public double[] Value(int definition) => _registers[_program.ResultRegisters[definition]];

    /// <summary>What readers of a held definition see; to be set before a step.</summary>
    public double[] Held(int definition) => _registers[_program.DefinitionRegisters[definition]];

    /// <summary>Any register, by its number in the program.</summary>
    public double[] Register(int register) => _registers[register];

    /// <summary>Takes effect from the next step on. A schedule has the value at all steps that are read.</summary>
    public void SetHyper(int index, double value)
    {
        _registers[RegisterLayout.Hyper(index)][0] = value;
        foreach (var shifted in _program.Model.Shifted)
        {
            if (shifted.Base!.Index == index)
                SetShifted(shifted, value);
        }
    }

    /// <summary>The value of a schedule at another step; after <see cref="SetHyper"/>, which sets it too.</summary>
    public void SetShifted(HyperSymbol shifted, double value) => _registers[RegisterLayout.Hyper(shifted.Index)][0] = value;

    /// <summary>One step of a tensor that is a group by itself; <see cref="StepCount"/> is counted up first.</summary>
    public void Step(double[] gradient)
    {
        if (Tally is not null)
        {
            Tally.Steps++;
            Tally.Operations += _program.Step.Length;
        }

        Begin(gradient);
        Execute(_program.Step);
        End();
    }

    /// <summary>Begins a step.</summary>
    internal void Begin(double[] gradient)
    {
        StepCount++;
        _registers[RegisterLayout.Step][0] = StepCount;
        Assign(_program.Layout.Gradient, gradient);
    }

    /// <summary>One instruction of a step, over this tensor alone.</summary>
    [MethodImpl(Eagerly)]
    internal void Execute(in Instruction instruction)
    {
        switch (instruction.Form)
        {
            case InstructionForm.Aligned:
                ExecuteAligned(instruction);
                break;
            case InstructionForm.Spread:
                ExecuteSpread(instruction);
                break;
            case InstructionForm.Reduction:
                _registers[instruction.Target][0] = OperationTable.Of(instruction.Op).Total!(_registers[instruction.First], _registers[instruction.Second], CountOf(instruction));
                break;
            default:
                ExecuteMatrices(instruction);
                break;
        }

        Bounds?.Propagate(instruction);
    }

    /// <summary>Ends a step.</summary>
    internal void End()
    {
        foreach (var store in _program.Stores)
            Move(store);
    }

    private void Assign(int register, double[] values)
    {
        if (values.Length != _shape.Count)
            throw new ArgumentException($"Expected {_shape.Count} elements, got {values.Length}.", nameof(values));
        var target = _registers[register];
        for (var index = 0; index < target.Length; index++)
            target[index] = _format.Round(values[index]);
    }

    private void Move(Store store)
    {
        Array.Copy(_registers[store.From], _registers[store.To], _registers[store.To].Length);
        Bounds?.Move(store);
    }

    [MethodImpl(Eagerly)]
    private void Execute(ImmutableArray<Instruction> code)
    {
        foreach (var instruction in code)
            Execute(instruction);
    }

    /// <summary>Over how many values a function of whole tensors is taken.</summary>
    private int CountOf(in Instruction instruction) =>
        instruction.Op == Op.Count ? _shape.Count
        : _registers[instruction.First].Length == 0 || _registers[instruction.Second].Length == 0 ? 0
        : Math.Max(_registers[instruction.First].Length, _registers[instruction.Second].Length);

    private int IndexIn(int operand, int result, int index) => _shape.IndexIn(_program.Registers[operand].Shape, _program.Registers[result].Shape, index);

    private void ExecuteMatrices(in Instruction instruction)
    {
        var target = _registers[instruction.Target];
        var values = instruction.Op switch
        {
            Op.Rows => [_shape.Rows],
            Op.Columns => [_shape.Columns],
            Op.Rank => [_shape.Rank],
            Op.Identity => MatrixValue.Identity(Matrix(instruction.Target).Rows).Values,
            _ => OperationTable.Of(instruction.Op).OfMatrices!(Matrix(instruction.First), Matrix(instruction.Second), Matrix(instruction.Third)).Values,
        };
        for (var index = 0; index < target.Length; index++)
            target[index] = _rounds && instruction.Rounds ? _format.Round(values[index]) : values[index];
    }

    private MatrixValue Matrix(int register)
    {
        var shape = _program.Registers[register].Shape;
        return new MatrixValue(_shape.Size(shape.Height()), _shape.Size(shape.Width()), _registers[register]);
    }

    [MethodImpl(Eagerly)]
    private void ExecuteAligned(in Instruction instruction)
    {
        var target = _registers[instruction.Target];
        var first = _registers[instruction.First];
        var second = _registers[instruction.Second];
        var third = _registers[instruction.Third];
        var value = OperationTable.Of(instruction.Op).Value!;
        var rounds = _rounds && instruction.Rounds;
        for (var index = 0; index < target.Length; index++)
            target[index] = Apply(value, Reductions.At(first, index), Reductions.At(second, index), Reductions.At(third, index), rounds);
    }

    private void ExecuteSpread(in Instruction instruction)
    {
        var target = _registers[instruction.Target];
        var value = OperationTable.Of(instruction.Op).Value!;
        var rounds = _rounds && instruction.Rounds;
        for (var index = 0; index < target.Length; index++)
            target[index] = Apply(value, Operand(instruction, instruction.First, index), Operand(instruction, instruction.Second, index), Operand(instruction, instruction.Third, index), rounds);
    }

    private double Operand(in Instruction instruction, int operand, int index) => _registers[operand][IndexIn(operand, instruction.Target, index)];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Apply(Func<double, double, double, double> value, double first, double second, double third, bool rounds) => rounds
        ? _format.Round(value(_format.Round(first), _format.Round(second), _format.Round(third)))
        : value(first, second, third);
}
