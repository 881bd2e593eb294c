using OptDsl.Language.Operations;

namespace OptDsl.Generators.Tests.Operations;

/// <summary>What the entries of the table of operations say is so.</summary>
public sealed class OperationTableTests
{
    private static readonly double[] s_samples = [-1e6, -37.5, -2, -1, -0.75, -0.1, 0, 1e-3, 0.5, 1, 1.5, 3, 40, 1e5];

    public static TheoryData<string> Operations => [.. OperationTable.All.Select(entry => entry.Key.ToString())];

    public static TheoryData<string> WithValue => [.. OperationTable.All.Where(entry => entry.Value.Value is not null).Select(entry => entry.Key.ToString())];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Written_in_one_way(string name)
    {
        var operation = Of(name);
        var isSign = operation.Kind is OperationKind.Arithmetic or OperationKind.Comparison or OperationKind.Logic || name == nameof(Op.MatrixProduct);
        Assert.Equal(isSign, operation.Sign is not null);
        Assert.Equal(!isSign && operation.Kind is (OperationKind.Function or OperationKind.Reduction or OperationKind.Matrix or OperationKind.Dimension), operation.Names is not null);
        Assert.Equal(operation.Kind == OperationKind.Matrix, operation.OfMatrices is not null);
        Assert.Equal(operation.Kind == OperationKind.Reduction, operation.Total is not null);
    }

    [Theory]
    [MemberData(nameof(WithValue))]
    public void Values_lie_where_the_entry_says(string name)
    {
        var operation = Of(name);
        foreach (var operands in Samples(operation))
        {
            var value = operation.Value!(operands[0], operands[1], operands[2]);
            Assert.True(double.IsNaN(value) || (value >= operation.Least && value <= operation.Largest), $"{name}({string.Join(", ", operands)}) is {value}");
        }
    }

    [Theory]
    [MemberData(nameof(WithValue))]
    public void Results_scale_with_the_degree_that_the_entry_gives(string name)
    {
        var operation = Of(name);
        const double factor = 2;
        var keeps = Samples(operation).All(operands =>
        {
            var scaled = operands.Select((operand, index) => operation.Kind == OperationKind.Choice && index == 0 ? operand : operand * factor).ToArray();
            var (value, after) = (operation.Value!(operands[0], operands[1], operands[2]), operation.Value!(scaled[0], scaled[1], scaled[2]));
            if (double.IsNaN(value) || double.IsNaN(after) || double.IsInfinity(value) || double.IsInfinity(after))
                return true;
            return operation.Degree is { } degree && Math.Abs(after - (value * Math.Pow(factor, degree))) <= 1e-12 * Math.Abs(after);
        });
        Assert.Equal(operation.Degree is not null, keeps);
    }

    [Theory]
    [MemberData(nameof(WithValue))]
    public void Errors_of_operands_move_the_result_no_further_than_the_entry_says(string name)
    {
        var operation = Of(name);
        foreach (var operands in Samples(operation).Where(operands => operands.Take(operation.Arity).All(operand => Math.Abs(operand) < 100)))
        {
            var approximate = operands.Select(operand => new Approximate(operand, 1e-3 * (1 + Math.Abs(operand)))).ToArray();
            var bound = operation.Inherited is { } inherited ? inherited(approximate[0], approximate[1], approximate[2]) : double.PositiveInfinity;
            var exact = operation.Value!(operands[0], operands[1], operands[2]);
            foreach (var moved in Moved(approximate, operation.Arity))
            {
                var distance = Math.Abs(operation.Value(moved[0], moved[1], moved[2]) - exact);
                Assert.True(double.IsNaN(distance) || distance <= bound + (1e-12 * (1 + Math.Abs(exact))), $"{name}({string.Join(", ", operands)}) moves by {distance}, beyond {bound}");
            }
        }
    }

    [Fact]
    public void No_name_means_two_things()
    {
        var names = Functions.All.Keys.Concat(Functions.All.Values.SelectMany(function => function.Python)).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Fact]
    public void Functions_use_as_many_arguments_as_they_take() => Assert.All(
        Functions.All.Values, function => Assert.Equal(function.Arguments, Arguments(function.Meaning).Distinct().Count()));

    [Fact]
    public void An_entry_cannot_leave_out_what_the_compiler_needs() => Assert.All(
        new[] { nameof(Operation.Value), nameof(Operation.Inherited), nameof(Operation.Roundings), nameof(Operation.Least), nameof(Operation.Largest), nameof(Operation.Degree) },
        property => Assert.NotNull(typeof(Operation).GetProperty(property)!.GetCustomAttributesData().SingleOrDefault(attribute => attribute.AttributeType.Name == "RequiredMemberAttribute")));

    private static Operation Of(string name) => OperationTable.Of(Enum.Parse<Op>(name));

    private static IEnumerable<int> Arguments(Meaning meaning) => meaning switch
    {
        ArgumentMeaning argument => [argument.Index],
        OperationMeaning operation => operation.Operands.SelectMany(Arguments),
        _ => [],
    };

    private static IEnumerable<double[]> Samples(Operation operation) =>
        from a in s_samples
        from b in operation.Arity > 1 ? s_samples : [0]
        from c in operation.Arity > 2 ? s_samples : [0]
        select new[] { a, b, c };

    /// <summary>The operands moved by parts of their errors; those that the operation does not have stay.</summary>
    private static IEnumerable<double[]> Moved(Approximate[] operands, int arity) =>
        from a in Parts(operands[0])
        from b in arity > 1 ? Parts(operands[1]) : [operands[1].Value]
        from c in arity > 2 ? Parts(operands[2]) : [operands[2].Value]
        select new[] { a, b, c };

    private static double[] Parts(Approximate operand) => [operand.Low, operand.Value - (0.3 * operand.Error), operand.Value + (0.6 * operand.Error), operand.High];
}
