using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using OptDsl.Language.Operations;

namespace OptDsl.Generators.Lifting;

/// <summary>Reads the steps of optimizers that a method makes by hand.</summary>
internal sealed class LoopLifter
{
    /// <summary>Longer values are not looked through.</summary>
    private const int MostNodes = 300;

    private readonly MethodReader _reader;
    private readonly Declared _declared;
    private readonly ISymbol _owner;

    private LoopLifter(MethodReader reader, Declared declared, ISymbol owner) => (_reader, _declared, _owner) = (reader, declared, owner);

    /// <summary>One rule for every parameter that the code clearly optimizes.</summary>
    public static ImmutableArray<LiftedLoop> Lift(IOperation body, SemanticModel model, ISymbol owner, CancellationToken cancellation)
    {
        var reader = MethodReader.Read(body, model, cancellation);
        var lifter = new LoopLifter(reader, new Declared(model, cancellation), owner);
        var found = new List<(string Key, string Branch, LiftedLoop Loop, IReadOnlyCollection<string> Used)>();
        var (moves, traces) = (Moves(reader), new HashSet<string>());
        foreach (var update in moves)
        {
            cancellation.ThrowIfCancellationRequested();
            var branch = string.Join(" ", update.Loops.Where(loop => reader.Enclosures[loop].IsChoice));
            if (found.Any(other => other.Key == update.Target.Path && other.Branch == branch) || lifter.TryLift(update, cancellation) is not var (loop, used))
                continue;
            found.Add((update.Target.Path, branch, loop, used));
            if (IsScaled(update) && !Words.IsParameter(update.Target.Name))
                traces.Add(update.Target.Path);
        }

        if (found.Count == 0 && lifter.TryLiftReturned(cancellation) is { } returned)
            return [returned];

        // What decays, and moves another that could not be read, is a trace of gradients and no parameter.
        var unread = moves.Where(move => !move.Target.IsLocal && found.All(loop => loop.Key != move.Target.Path)).ToList();
        found.RemoveAll(loop => traces.Contains(loop.Key) && unread.Any(move => move.Value.Reads().Any(place => place.Path == loop.Key)));

        // What follows a parameter at a distance, as its average does, is none.
        found.RemoveAll(loop => moves.Any(move => move.Target.Path == loop.Key && found.Any(other => other.Key != loop.Key && !other.Used.Contains(loop.Key)
            && moves.Any(step => step.Target.Path == other.Key && Averages.IsAverageOf(move, step.Target)))));

        // Of two that each follow from the other, as a decayed weight and its velocity, the parameter is what moves last.
        return [.. found.Where(loop => !found.Any(other => other.Key != loop.Key && other.Used.Contains(loop.Key)
            && !(loop.Used.Contains(other.Key) && loop.Loop.Update.Start > other.Loop.Update.Start))).Select(loop => loop.Loop)];
    }

    /// <summary>A method that returns by how much a parameter moves, which others then subtract or add.</summary>
    private LiftedLoop? TryLiftReturned(CancellationToken cancellation)
    {
        if (_owner is not IMethodSymbol { ReturnType: var type } || !NumberTypes.IsReal(type) || _reader.Outcome is not { } value || !value.IsKnown() || value is ReadTerm { Place.IsLocal: false } or NumberTerm)
            return null;
        var parameter = new Place("moved!", "x", [], type, null);
        var update = new Assignment(parameter, Terms.Of(value.Span, Op.Subtract, new ReadTerm(value.Span, parameter), value), value.Span, value.Span, []);
        _reader.Add(update);
        return TryLift(update, cancellation) is var (loop, _) && loop.Roles.Any(role => role.Kind == RoleKind.State) && loop.Roles.Any(role => role.Kind == RoleKind.Hyper && Words.IsRate(role.Place!.Name)) ? loop : null;
    }

    /// <summary>The assignments that may move a parameter, with variables seen through in which it was kept in between.</summary>
    private static List<Assignment> Moves(MethodReader reader)
    {
        var moves = new List<Assignment>();
        var kept = new Dictionary<string, Term>();
        foreach (var assignment in reader.Assignments)
        {
            var value = assignment.Value.Replace(part => part is ReadTerm read && kept.TryGetValue(read.Place.Path, out var known) ? known : null);
            if (IsMove(assignment, assignment.Value) || (!assignment.Target.IsLocal && IsMove(assignment, value)))
                moves.Add(assignment);
            if (assignment.Target is { Loops.Length: 0, Root: ILocalSymbol or IParameterSymbol or null })
                kept[assignment.Target.Path] = value.Nodes().Take(MostNodes).Count() < MostNodes ? value : new UnknownTerm(value.Span);
        }

        return moves;
    }

    /// <summary>What is assigned its own old value and something more or less.</summary>
    private static bool IsMove(Assignment assignment, Term value) =>
        !assignment.IsIncrement && value.IsKnown() && !Words.IsGradient(assignment.Target.Name) && !(assignment.Target.IsLocal && assignment.IsDeclaration)
        && assignment.Value is not OperationTerm { Op: Op.Multiply or Op.Divide, Operands: [ReadTerm, ReadTerm or NumberTerm] } && Moves(value, assignment.Target.Path);

    /// <summary>A sum of the old value and something else, also on either side of a choice, between bounds, or scaled.</summary>
    private static bool Moves(Term term, string path) => term switch
    {
        OperationTerm { Op: Op.Add or Op.Subtract } sum => sum.Operands.Any(operand => Carries(operand, path) || Moves(operand, path)),
        OperationTerm { Op: Op.Select } choice => choice.Operands.Skip(1).Any(operand => Moves(operand, path)),
        OperationTerm { Op: Op.Min or Op.Max or Op.Multiply or Op.Divide } outer => outer.Operands.Any(operand => Moves(operand, path)),
        _ => false,
    };

    /// <summary>True for a sum with a multiple of the old value.</summary>
    private static bool IsScaled(Assignment assignment) => assignment.Value is OperationTerm { Op: Op.Add or Op.Subtract } sum
        && sum.Operands.Any(operand => operand is not ReadTerm && Carries(operand, assignment.Target.Path));

    /// <summary>The old value, or a multiple of it.</summary>
    private static bool Carries(Term term, string path) => term switch
    {
        ReadTerm read => read.Place.Path == path,
        OperationTerm { Op: Op.Multiply or Op.Divide or Op.Select } product => product.Operands.Any(operand => Carries(operand, path)),
        _ => false,
    };

    private (LiftedLoop Loop, IReadOnlyCollection<string> Used)? TryLift(Assignment update, CancellationToken cancellation)
    {
        var slice = Slice.Of(_reader, update);
        if (slice.IsLost || slice.Lines.Count == 0 || (slice.IsDeclaredWithin(update.Target.Path) && update.Target.Root is ILocalSymbol && !Slice.Varies(slice.Parameter)))
            return null;
        var counting = Counting.Of(_reader, _declared, slice);
        var divisions = IntegerDivisions.Replace(slice);
        if (Gradients.Find(slice, _reader) is not { } gradients)
            return null;
        var states = States(slice, gradients);
        AddForgotten(slice, gradients, states);
        var evidence = new Evidence(slice, gradients, states, _owner, _declared);
        if (!evidence.IsOptimizer)
            return null;
        var writer = new RuleWriter(slice, gradients, counting, states, _reader, _declared);
        if (writer.Write(cancellation) is not { } lifted)
            return null;
        var used = _reader.Assignments.Where(assignment => slice.Lines.Any(line => line.Source == assignment && line.Key != slice.Parameter.Path)).Select(assignment => assignment.Target.Path);
        lifted = lifted with
        {
            Findings = [.. counting.Findings, .. divisions, .. NewStates.Find(slice, states)],
            Update = update.Span,
            Site = update.Site,
            KnowsDirection = evidence.KnowsDirection,
            IsClear = evidence.IsClear,
            Statements = [.. slice.Lines.Select(line => line.Source).Concat(slice.Copies).Select(assignment => assignment.Span)],
            Sites = [.. slice.Lines.Select(line => line.Source.Site).OfType<Microsoft.CodeAnalysis.Text.TextSpan>().Distinct()],
            ForeignSites = [.. _reader.ForeignSites],
            Depth = update.Target.Loops.Length,
        };
        return (lifted, new HashSet<string>(used));
    }

    /// <summary>What is read before it is written, and is still there in the next step.</summary>
    private static List<Place> States(Slice slice, Gradients gradients)
    {
        var states = new List<Place>();
        var written = new HashSet<string>();
        foreach (var line in slice.Lines)
        {
            foreach (var place in line.Value.Reads())
            {
                if (!written.Contains(place.Path) && place.Path != slice.Parameter.Path && states.All(state => state.Path != place.Path)
                    && (gradients.LostStates.ContainsKey(place.Path) || slice.Lines.Any(other => other.Key == place.Path)))
                {
                    states.Add(place);
                }
            }

            written.Add(line.Key);
        }

        return states;
    }

    /// <summary>An array of squares that divide the step, and that nothing accumulates, was to be a state.</summary>
    private static void AddForgotten(Slice slice, Gradients gradients, List<Place> states)
    {
        var nodes = slice.Lines.SelectMany(line => line.Value.Nodes()).ToList();
        foreach (var line in slice.Lines.Where(line => !line.Target.IsLocal && line.Target.Root is not null && slice.IsElement(line.Target) && !Words.IsScratch(line.Target.Name) && Evidence.IsSquare(slice.Expanded(line.Value))).ToList())
        {
            var isRoot = nodes.Any(node => node is OperationTerm { Op: Op.Sqrt, Operands: [var radicand] } && radicand.Nodes().All(part => part is not SumTerm) && radicand.Reads().Any(place => place.Path == line.Key));
            var isAveraged = slice.Lines.Any(other => states.Any(state => state.Path == other.Key) && slice.Expanded(other.Value).Nodes().Any(Evidence.IsSquare));
            if (!isRoot || isAveraged || slice.Lines.Count(other => other.Key == line.Key) > 1 || states.Any(state => state.Path == line.Key))
                continue;
            states.Add(line.Target);
            gradients.LostStates[line.Key] = line;
        }
    }
}
