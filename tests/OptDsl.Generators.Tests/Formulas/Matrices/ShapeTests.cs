using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;

namespace OptDsl.Generators.Tests.Formulas.Matrices;

/// <summary>Which shapes meet, which shape comes of it, and what is said where rows meet columns.</summary>
public sealed class ShapeTests
{
    private const string States = "L:rows×rows R:columns×columns r:row c:column M:columns×rows s:tensor m";

    [Theory]
    [InlineData("r + c", "rows×columns")]
    [InlineData("r c / mean(r)", "rows×columns")]
    [InlineData("L G", "rows×columns")]
    [InlineData("L G R", "rows×columns")]
    [InlineData("L·G·R", "rows×columns")]
    [InlineData("G Gᵀ", "rows×rows")]
    [InlineData("GGᵀ", "rows×rows")]
    [InlineData("G^T G", "columns×columns")]
    [InlineData(@"G^\top G", "columns×columns")]
    [InlineData(@"G^{\top} G", "columns×columns")]
    [InlineData("G G^T G", "rows×columns")]
    [InlineData("G.T @ G", "columns×columns")]
    [InlineData("G @ G.T @ G", "rows×columns")]
    [InlineData("(L + 0.1 I)^{-1/4} G", "rows×columns")]
    [InlineData("L^2 + L", "rows×rows")]
    [InlineData("L + sI", "rows×rows")]
    [InlineData("inverseroot(L, 4) G inverseroot(R, 4)", "rows×columns")]
    [InlineData("M G", "columns×columns")]
    [InlineData("Gᵀ + M", "columns×rows")]
    [InlineData("L r", "rows×1")]
    [InlineData("r ⊙ L", "rows×rows")]
    [InlineData("rowmean(G)", "rows×1")]
    [InlineData("colnorm(G)", "1×columns")]
    [InlineData("rowsum(Gᵀ)", "columns×1")]
    [InlineData("diag(L)", "rows×1")]
    [InlineData("eigvecs(L)", "rows×rows")]
    [InlineData("eigvecs(R, R)", "columns×columns")]
    [InlineData("ordering(diag(R))", "columns×columns")]
    [InlineData("trace(L) + sum(r) + norm(R)", "1×1")]
    [InlineData("msign(G)", "rows×columns")]
    [InlineData("msign(Gᵀ)", "columns×rows")]
    [InlineData("newtonschulz(G, quintic, 5)", "rows×columns")]
    [InlineData("msign(G, polar_express, 8)", "rows×columns")]
    [InlineData("rows(G) + columns(G) + rank(G)", "1×1")]
    [InlineData("mean(L) + count(c)", "1×1")]
    [InlineData("rank(W) ≥ 2 ? G : m", "rows×columns")]
    [InlineData("t == 1 ? I : L", "rows×rows")]
    public void A_value_has_its_shape(string value, string dimensions)
    {
        var model = Rule.Model(Rule.Source($"x = {value}; W = W - η g", States, "η", gradient: "g").With("G = g"));
        Assert.Equal(dimensions, model.Definitions.First(definition => definition.Target.Name == "x").Cardinality.Dimensions());
    }

    [Theory]
    [InlineData("L + G", "L + G", "columns of 'G'")]
    [InlineData("L + R", "L + R", "rows of 'L' meet columns of 'R'")]
    [InlineData("G L", "G L", "the columns of 'G' meet the rows of 'L': 'G' is rows×columns and 'L' rows×rows")]
    [InlineData("G @ G", "G @ G", "transpose 'G'")]
    [InlineData("R @ G", "R @ G", "the other way round, 'G' times 'R', they fit")]
    [InlineData("G + M", "G + M", "transpose one of them")]
    [InlineData("inverseroot(G, 2)", "G", "needs a square matrix")]
    [InlineData("trace(s)", "s", "is a single number")]
    [InlineData("s @ G", "s @ G", "scales without it")]
    [InlineData("L * L", "L * L", "written '⊙'")]
    [InlineData("G + I", "G + I", "unit matrix")]
    [InlineData("s I", "s I", "the size of the unit matrix")]
    [InlineData("trace(I)", "I", "the size of the unit matrix")]
    [InlineData("inverseroot(L, r)", "r", "must be a single number")]
    public void Rows_that_meet_columns_are_refused_with_their_names(string value, string at, string message)
    {
        var source = Rule.Source($"x = {value}; W = W - η g", States, "η", gradient: "g").With("G = g");
        var error = Assert.Single(FormulaCompiler.Compile(source, TestContext.Current.CancellationToken).Errors);
        Assert.Equal(at, source.Formulas.Substring(error.Span.Start, error.Span.Length));
        Assert.Contains(message, error.Message);
    }

    [Theory]
    [InlineData("L", "GᵀG", "'L' is rows×rows, and this is columns×columns")]
    [InlineData("r", "colmean(G)", "'r' is rows×1, and this is 1×columns")]
    [InlineData("r", "rowmean(G)ᵀ", "transpose it")]
    [InlineData("W", "L", "'W' is rows×columns, and this is rows×rows")]
    [InlineData("s", "r", "holds one value a tensor, and this has one a row")]
    public void A_state_takes_its_own_shape_only(string state, string value, string message)
    {
        var source = Rule.Source($"{state} = {value}; W = W - η g", States, "η", gradient: "g").With("G = g");
        Assert.Contains(message, Assert.Single(FormulaCompiler.Compile(source, TestContext.Current.CancellationToken).Errors).Message);
    }

    [Theory]
    [InlineData("L=εI:rows×rows", null)]
    [InlineData("L=I:rows×rows", null)]
    [InlineData("L=0:rows×rows", null)]
    [InlineData("L=ε:rows×rows", "each of its values would be 'ε'")]
    [InlineData("r=I:row", "unit matrix")]
    public void A_square_state_starts_from_a_multiple_of_the_unit_matrix(string state, string? message)
    {
        var errors = FormulaCompiler.Compile(Rule.Source("W = W - η g", state, "η ε"), TestContext.Current.CancellationToken).Errors;
        if (message is null)
            Assert.Empty(errors);
        else
            Assert.Contains(message, Assert.Single(errors).Message);
    }

    [Theory]
    [InlineData("rows×rows", Cardinality.RowsByRows)]
    [InlineData("rows x rows", Cardinality.RowsByRows)]
    [InlineData("columns by columns", Cardinality.ColumnsByColumns)]
    [InlineData("(columns, rows)", Cardinality.ColumnsByRows)]
    [InlineData("rows×1", Cardinality.PerRow)]
    [InlineData("rows×depth", null)]
    [InlineData("rows", null)]
    public void Dimensions_are_read_in_words(string text, object? shape) => Assert.Equal(shape, (object?)CardinalityWords.OfDimensions(text));

    [Fact]
    public void Joins_are_a_partial_order()
    {
        var shapes = Enum.GetValues<Cardinality>();
        foreach (var first in shapes)
        {
            Assert.Equal(first, Shapes.Join(first, first));
            Assert.Equal(first, first.Transposed().Transposed());
            foreach (var second in shapes)
            {
                Assert.Equal(Shapes.Join(first, second), Shapes.Join(second, first));
                foreach (var third in shapes)
                    Assert.Equal(Join(Join(first, second), third), Join(first, Join(second, third)));
            }
        }

        static Cardinality? Join(Cardinality? first, Cardinality? second) => first is { } one && second is { } other ? Shapes.Join(one, other) : null;
    }
}

internal static class PreparedSource
{
    /// <summary>The same rule behind another statement.</summary>
    public static RuleSource With(this RuleSource source, string statement) => source with { Formulas = $"{statement}; {source.Formulas}" };
}
