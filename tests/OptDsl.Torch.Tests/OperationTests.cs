using OptDsl.Language.Operations;
using OptDsl.Torch.Plans;
using OptDsl.Torch.Tests.Infrastructure;
using TorchSharp;
using static TorchSharp.torch;

namespace OptDsl.Torch.Tests;

/// <summary>Every operation that formulas can write has one on tensors, of the same value.</summary>
public sealed class OperationTests
{
    private static readonly double[] s_values = [-2.5, -1, -0.0, 0, 0.3, 1, 2, 7.25, double.PositiveInfinity, double.NegativeInfinity, double.NaN];

    public static TheoryData<string> OfElements => Names(entry => entry.Kind is not (OperationKind.Form or OperationKind.Reduction or OperationKind.Matrix or OperationKind.Dimension));

    public static TheoryData<string> OfTensors => Names(entry => entry is { Kind: OperationKind.Reduction, Total: not null });

    [TorchTheory]
    [MemberData(nameof(OfElements))]
    public void An_operation_of_elements_has_its_value(string name)
    {
        using var scope = torch.NewDisposeScope();
        var op = Enum.Parse<Op>(name);
        var entry = OperationTable.Of(op);
        var arithmetic = new TensorArithmetic(ScalarType.Float64, torch.CPU);
        var (a, b, c) = Triples(entry.Arity);
        var expected = a.Select((_, i) => entry.Value!(a[i], b[i], c[i])).ToArray();
        foreach (var writes in (bool[])[false, true])
        {
            var first = torch.tensor(a);
            var result = entry.Arity == 1
                ? arithmetic.Apply(op, first, writes ? first : null)
                : arithmetic.Apply(op, first, torch.tensor(b), entry.Arity > 2 ? torch.tensor(c) : default(TensorValue), writes ? first : null);
            AssertSame(expected, arithmetic.Numeric(result), name);
        }
    }

    [TorchTheory]
    [MemberData(nameof(OfElements))]
    public void A_number_stands_for_a_tensor_full_of_it(string name)
    {
        var op = Enum.Parse<Op>(name);
        var entry = OperationTable.Of(op);
        if (entry.Arity != 2)
            return;
        using var scope = torch.NewDisposeScope();
        var arithmetic = new TensorArithmetic(ScalarType.Float64, torch.CPU);
        foreach (var number in s_values)
        {
            foreach (var writes in (bool[])[false, true])
            {
                var tensor = torch.tensor(s_values);
                AssertSame([.. s_values.Select(value => entry.Value!(value, number, 0))], arithmetic.Numeric(arithmetic.Apply(op, tensor, number, default, writes ? tensor : null)), $"{name}, second {number}");
                tensor = torch.tensor(s_values);
                AssertSame([.. s_values.Select(value => entry.Value!(number, value, 0))], arithmetic.Numeric(arithmetic.Apply(op, number, tensor, default, writes ? tensor : null)), $"{name}, first {number}");
            }
        }
    }

    [TorchTheory]
    [MemberData(nameof(OfTensors))]
    public void A_function_of_a_tensor_has_its_value(string name)
    {
        using var scope = torch.NewDisposeScope();
        var op = Enum.Parse<Op>(name);
        if (op == Op.Count)
            return; // It is known without the tensor.
        var arithmetic = new TensorArithmetic(ScalarType.Float64, torch.CPU);
        foreach (var values in (double[][])[[1, -2, 3.5], [0, 0], [1e-200, -3e-200], [1e200, 2e200], [1, double.PositiveInfinity], [1, double.NaN]])
        {
            if (op == Op.Dot && Math.Abs(values[0]) is > 1e100 or < 1e-100)
                continue;
            var expected = OperationTable.Of(op).Total!(values, values, values.Length);
            AssertSame([expected], arithmetic.Reduce(op, torch.tensor(values), torch.tensor(values)).reshape(1), $"{name} of {string.Join(", ", values)}");
        }
    }

    private static TheoryData<string> Names(Func<Operation, bool> matches) => [.. OperationTable.All.Where(pair => matches(pair.Value)).Select(pair => pair.Key.ToString())];

    private static (double[] A, double[] B, double[] C) Triples(int arity)
    {
        var all = (from a in s_values from b in arity > 1 ? s_values : [0] from c in arity > 2 ? s_values : [0] select (a, b, c)).ToArray();
        return ([.. all.Select(one => one.a)], [.. all.Select(one => one.b)], [.. all.Select(one => one.c)]);
    }

    private static void AssertSame(double[] expected, Tensor actual, string what)
    {
        var values = Close.Doubles(actual);
        for (var i = 0; i < expected.Length; i++)
        {
            var same = expected[i] == values[i] || (double.IsNaN(expected[i]) && double.IsNaN(values[i])) || Math.Abs(expected[i] - values[i]) <= 1e-14 * Math.Abs(expected[i]);
            Assert.True(same, $"{what}, number {i}: {values[i]} and not {expected[i]}");
        }
    }
}
