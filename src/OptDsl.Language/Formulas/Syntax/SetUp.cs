using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>Tells the choices of a program that prepare its objects from those of the method: <c>if len(state) == 0</c>, <c>if p.grad is None</c>.</summary>
internal static class SetUp
{
    private static readonly string[] Objects = ["None", "state", "param_state", "hasattr", "isinstance", "closure", "callback", "nil", "null"];

    /// <summary>True for a condition about objects, and no values.</summary>
    public static bool IsAbout(ImmutableArray<Token> condition) => condition.Any(token => token is { Kind: TokenKind.Member, Text: "is_sparse" or "is_cuda" or "requires_grad" or "is_complex" or "sparse" }) || condition.Any(token => token.Kind == TokenKind.Name && Objects.Contains(token.Name))
        || (condition.Any(token => token.Kind == TokenKind.Key) && condition.Any(token => token.Name == "in"));

    /// <summary>True for a row that leaves the step, does nothing, or sets what the declaration sets.</summary>
    public static bool IsInitial(ImmutableArray<Token> row, Vocabulary names)
    {
        var assignment = StatementSplitter.AssignmentIn(row);
        if (assignment < 0)
            return !Parser.ChangesInPlace(row);
        var value = ImmutableArray.Create(row, assignment + 1, row.Length - assignment - 1);
        return value.Any(token => token.Name is "None" or "closure" || (token.Kind == TokenKind.Name && token.Name == "zeros") || token is { Kind: TokenKind.Member, Text: "zeros_like" or "zero_" })
            || (value.Length == 1 && value[0].Kind == TokenKind.Number && double.TryParse(value[0].Text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) && number == 0
                && (names.RoleOf(Parser.NameOf(row, 0, assignment, names) ?? "") is NameRole.None or NameRole.Step || names.InitialOf(Parser.NameOf(row, 0, assignment, names) ?? "") is null or "0"));
    }
}
