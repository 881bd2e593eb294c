using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>
/// The values that statements have given to names so far. Inside a choice each branch has its own: what it assigns is a value
/// that waits until it is read, so that a name which is only chosen becomes one definition.
/// </summary>
internal sealed class Assignments
{
    private readonly Stack<Branch> _branches = new();
    private readonly Func<Assignment, Definition> _define;

    /// <param name="define">Makes an assignment a definition of the rule.</param>
    public Assignments(Func<Assignment, Definition> define)
    {
        _define = define;
        _branches.Push(new Branch());
    }

    public bool IsInChoice => _branches.Count > 1;

    /// <summary>The latest definition of a symbol, if a statement has run.</summary>
    public Definition? Latest(Symbol symbol)
    {
        foreach (var branch in _branches)
        {
            if (branch.Waiting.TryGetValue(symbol, out var waiting))
            {
                branch.Waiting.Remove(symbol);
                branch.Definitions[symbol] = _define(waiting);
            }

            if (branch.Definitions.TryGetValue(symbol, out var definition))
                return definition;
            if (branch.Partial.ContainsKey(symbol))
                return null;
        }

        return null;
    }

    /// <summary>What the statements of the same branch gave a name last.</summary>
    public Definition? Here(Symbol symbol) => _branches.Peek().Definitions.TryGetValue(symbol, out var definition) ? definition : null;

    /// <summary>Where a choice gave a name a value on one side only, that choice.</summary>
    public ChoiceSyntax? PartialOf(Symbol symbol)
    {
        foreach (var branch in _branches)
        {
            if (branch.Waiting.ContainsKey(symbol) || branch.Definitions.ContainsKey(symbol))
                return null;
            if (branch.Partial.TryGetValue(symbol, out var choice))
                return choice;
        }

        return null;
    }

    public void Assign(Assignment assignment)
    {
        var branch = _branches.Peek();
        branch.Partial.Remove(assignment.Target);
        if (branch.Waiting.TryGetValue(assignment.Target, out var lost) && !assignment.Replaces(lost))
            _define(lost);
        branch.Waiting.Remove(assignment.Target);
        if (IsInChoice)
            branch.Waiting[assignment.Target] = assignment;
        else
            branch.Definitions[assignment.Target] = _define(assignment);
        if (!branch.Order.Contains(assignment.Target))
            branch.Order.Add(assignment.Target);
    }

    public void Enter() => _branches.Push(new Branch());

    public Branch Leave() => _branches.Pop();

    /// <summary>The assignment of a name that nothing has read yet, which then is no statement of its own any more.</summary>
    public Assignment? TakeWaiting(Symbol symbol)
    {
        var branch = _branches.Peek();
        if (!branch.Waiting.TryGetValue(symbol, out var waiting))
            return null;
        branch.Waiting.Remove(symbol);
        return waiting;
    }

    /// <summary>Notes that a choice gave a name no value on one side.</summary>
    public void SetPartial(Symbol symbol, ChoiceSyntax choice)
    {
        var branch = _branches.Peek();
        branch.Partial[symbol] = choice;
        if (!branch.Order.Contains(symbol))
            branch.Order.Add(symbol);
    }

    /// <summary>One side of a choice, or the statements outside of any.</summary>
    public sealed class Branch
    {
        public Dictionary<Symbol, Definition> Definitions { get; } = [];

        public Dictionary<Symbol, Assignment> Waiting { get; } = [];

        public Dictionary<Symbol, ChoiceSyntax> Partial { get; } = [];

        /// <summary>The names that were assigned, the first first.</summary>
        public List<Symbol> Order { get; } = [];
    }
}

/// <summary>A value for a name.</summary>
/// <param name="Target">The name.</param>
/// <param name="Value">What it is to be.</param>
/// <param name="TargetSpan">The name on the left.</param>
/// <param name="Span">The statement.</param>
internal sealed record Assignment(Symbol Target, Expr Value, TextSpan TargetSpan, TextSpan Span)
{
    /// <summary>True for the outcome of a choice that holds the other, which nothing else reads.</summary>
    public bool Replaces(Assignment other) => Value.Nodes().Any(node => ReferenceEquals(node, other.Value));
}
