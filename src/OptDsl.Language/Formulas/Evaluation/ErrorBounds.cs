using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Evaluation;

/// <summary>
/// Alongside every value of a run, a bound on the distance to what another implementation computes in a given format: one that
/// rounds each operation once (or, contracted or with reciprocals, up to a few times) and sums terms in any order. A decision
/// on which the two may differ (a comparison, a sign, a floor) widens the bound by what the other outcome would change; an
/// infinite bound says that nothing is known.
/// </summary>
internal sealed class ErrorBounds
{
    private readonly RuleProgram _program;
    private readonly double[][] _values;
    private readonly double[][] _errors;
    private readonly ElementFormat _format;
    private readonly TensorShape _shape;

    internal ErrorBounds(RuleProgram program, double[][] values, ElementFormat format, TensorShape shape)
    {
        _shape = shape;
        _program = program;
        _values = values;
        _format = format;
        _errors = [.. values.Select(register => new double[register.Length])];
    }

    public double[] Parameter => _errors[_program.Layout.Parameter];

    public double[] State(int index) => _errors[_program.Layout.State(index)];

    /// <summary>The bounds of a definition's value in the last step.</summary>
    public double[] Value(int definition) => _errors[_program.ResultRegisters[definition]];

    /// <summary>Forgets the past: says that the stored tensors of both are the same again.</summary>
    public void Reset()
    {
        foreach (var errors in _errors)
            Array.Clear(errors, 0, errors.Length);
    }

    /// <summary>The bounds of any register, by its number in the program.</summary>
    internal double[] Register(int register) => _errors[register];

    internal void Move(Store store) => Array.Copy(_errors[store.From], _errors[store.To], _errors[store.To].Length);

    internal void Propagate(in Instruction instruction)
    {
        if (instruction.IsReduction)
        {
            _errors[instruction.Target][0] = ReductionError(instruction);
            return;
        }

        var target = _errors[instruction.Target];
        if (instruction.IsOfMatrices)
        {
            MatrixBounds.Of(
                instruction.Op, (Matrix(_values, instruction.First), Matrix(_values, instruction.Second)), (Matrix(_errors, instruction.First), Matrix(_errors, instruction.Second)),
                _values[instruction.Target], _format.UnitRoundoff).CopyTo(target, 0);
            return;
        }

        var operation = OperationTable.Of(instruction.Op);
        for (var index = 0; index < target.Length; index++)
        {
            var result = _values[instruction.Target][index];
            var first = Operand(instruction.First, IndexIn(instruction.First, instruction.Target, index), instruction.Rounds);
            var second = Operand(instruction.Second, IndexIn(instruction.Second, instruction.Target, index), instruction.Rounds);
            var inherited = operation.Inherited!(first, second, Operand(instruction.Third, IndexIn(instruction.Third, instruction.Target, index), instruction.Rounds));

            // The terms of elements may be summed in any order: what cancels here may be rounded there.
            var rounded = instruction is { Rounds: true, Op: Op.Add or Op.Subtract }
                ? Math.Abs(first.Value) + Math.Abs(second.Value)
                : result;
            target[index] = Math.Abs(result) + inherited > _format.Max && instruction.Rounds
                ? double.PositiveInfinity
                : Guard(inherited + (operation.Roundings * Rounding(rounded, instruction.Rounds)));
        }
    }

    private int IndexIn(int operand, int result, int index) => _shape.IndexIn(_program.Registers[operand].Shape, _program.Registers[result].Shape, index);

    private MatrixValue Matrix(double[][] registers, int register)
    {
        var shape = _program.Registers[register].Shape;
        return new MatrixValue(_shape.Size(shape.Height()), _shape.Size(shape.Width()), registers[register]);
    }

    /// <summary>A single value that meets a tensor is converted to the format, which rounds it, or has nothing like it.</summary>
    private Approximate Operand(int register, int index, bool rounds)
    {
        var value = Reductions.At(_values[register], index);
        var error = Reductions.At(_errors[register], index);
        if (!rounds || !_program.Registers[register].Shape.IsSingle())
            return new Approximate(value, error);
        if (Math.Abs(value) + error > _format.Max)
            return new Approximate(value, double.PositiveInfinity);
        return new Approximate(value, error == 0 ? Math.Abs(_format.Round(value) - value) : error + Rounding(value, rounds: true));
    }

    private double Rounding(double value, bool rounds)
    {
        var format = rounds ? _format : ElementFormat.Double;
        return (Math.Abs(value) * format.UnitRoundoff) + format.Smallest;
    }

    /// <summary>Sums are accumulated in double, in any order; a product of two elements may have been rounded to the format.</summary>
    private double ReductionError(in Instruction instruction)
    {
        var count = instruction.Op == Op.Count || _errors[instruction.First].Length == 0 || _errors[instruction.Second].Length == 0 ? 0 : Math.Max(_errors[instruction.First].Length, _errors[instruction.Second].Length);
        double total = 0, magnitudes = 0, largest = 0, squares = 0;
        for (var index = 0; index < count; index++)
        {
            var first = Operand(instruction.First, index, rounds: true);
            var second = instruction.Op == Op.Dot ? Operand(instruction.Second, index, rounds: true) : new Approximate(1, 0);
            var magnitude = Math.Abs(first.Value * second.Value);
            total += ErrorRules.OfProduct(first, second, default)
                + (instruction.Op == Op.Dot ? Rounding(magnitude, rounds: true) : 0);
            magnitudes += magnitude;
            largest = Math.Max(largest, first.Error);
            squares += first.Error * first.Error;
        }

        var accumulated = count * 2 * ElementFormat.Double.UnitRoundoff;
        var result = Math.Abs(_values[instruction.Target][0]);
        return instruction.Op switch
        {
            Op.MaxAbs => largest,
            Op.Norm => Guard(Math.Sqrt(squares) + (result * (accumulated + (2 * _format.UnitRoundoff))) + _format.Smallest),
            _ => Guard(total + (accumulated * magnitudes)),
        };
    }

    private static double Guard(double error) => double.IsNaN(error) ? double.PositiveInfinity : error;
}
