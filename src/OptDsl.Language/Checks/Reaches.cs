using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks;

/// <summary>Where within a step the value of a statement or of a stored tensor is read.</summary>
internal static class Reaches
{
    /// <summary>True if the expression reads the definition, also through others.</summary>
    public static bool Definition(Expr expression, Definition definition) => Definitions(expression).Contains(definition);

    /// <summary>All definitions that the expression reads, also through others.</summary>
    public static HashSet<Definition> Definitions(Expr expression)
    {
        var found = new HashSet<Definition>();
        Collect(expression);
        return found;

        void Collect(Expr value)
        {
            foreach (var node in Expressions.Nodes(value).OfType<DefinedExpr>())
            {
                if (found.Add(node.Definition))
                    Collect(node.Definition.Value);
            }
        }
    }

    /// <summary>Where the parameter's update reads the old value of a state, other than through the state's own statement.</summary>
    public static Expr? OldRead(RuleModel model, StateSymbol state) =>
        Uses(model, model.Final(state)).FirstOrDefault(node => node is OldExpr old && old.Symbol.Equals(state));

    /// <summary>Where the parameter's update reads the new value of a state.</summary>
    public static IEnumerable<Expr> NewReads(RuleModel model, Definition final) =>
        Uses(model, final).Where(node => node is DefinedExpr defined && defined.Definition == final);

    /// <summary>The nodes of the statements that lead to the parameter's update without passing through the given one.</summary>
    private static IEnumerable<Expr> Uses(RuleModel model, Definition? except)
    {
        if (model.Final(model.Parameter) is not { } update)
            return [];
        var statements = new List<Definition>();
        Visit(update);
        return statements.OrderBy(statement => statement.Index).SelectMany(statement => Expressions.Nodes(statement.Value).OrderBy(node => node.Span.Start));

        void Visit(Definition statement)
        {
            if (statement == except || statements.Contains(statement))
                return;
            statements.Add(statement);
            foreach (var node in Expressions.Nodes(statement.Value).OfType<DefinedExpr>())
                Visit(node.Definition);
        }
    }
}
