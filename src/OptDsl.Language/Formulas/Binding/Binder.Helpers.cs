using System.Collections.Immutable;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>
/// The part of the binder that puts the definition of a function of the text in the place of its call. An argument that is read more than
/// once is computed once, as a value of its own.
/// </summary>
internal sealed partial class Binder
{
    /// <summary>How many calls a rule may have, those in definitions counted each time.</summary>
    private const int MostCalls = 1000;

    /// <summary>How many functions may call one another.</summary>
    private const int MostNested = 16;

    private readonly Stack<string> _calling = new();
    private readonly HashSet<string> _wrong = [];
    private readonly HashSet<string> _called = [];
    private Dictionary<string, Expr> _given = [];
    private int _calls;

    /// <summary>The places of functions that nothing calls.</summary>
    public IEnumerable<TextSpan> UncalledHelpers => _scope.Helpers.Where(helper => !_called.Contains(helper.Key)).Select(helper => helper.Value.Span);

    private void CollectHelpers(ImmutableArray<ItemSyntax> items)
    {
        foreach (var inside in items.Where(item => item is not HelperSyntax).SelectMany(HelpersIn))
            _errors.Syntax(inside.Span, $"the function '{Text(inside.Target.Span)}' is the same in every step; define it outside of the choice or repetition, and choose between its values");
        foreach (var helper in items.OfType<HelperSyntax>())
        {
            var name = _times.NameOf(helper.Target);
            if (_scope.Helpers.ContainsKey(name))
                _errors.Syntax(helper.Target.Span, $"the function '{Text(helper.Target.Span)}' is defined twice; give the second another name");
            else
                _scope.Helpers.Add(name, helper);
        }
    }

    private static IEnumerable<HelperSyntax> HelpersIn(ItemSyntax item) => item switch
    {
        ChoiceSyntax choice => choice.WhenTrue.Concat(choice.WhenFalse).SelectMany(HelpersIn),
        RepeatSyntax repeat => repeat.Body.SelectMany(HelpersIn),
        HelperSyntax helper => [helper],
        _ => [],
    };

    /// <summary>The definitions with every word expanded, which needs to know what statements assign.</summary>
    private void ExpandHelpers()
    {
        foreach (var name in _scope.Helpers.Keys.ToList())
            _scope.Helpers[name] = _expander.Expand(_scope.Helpers[name]);
    }

    private Expr BindHelper(HelperCallSyntax call)
    {
        var helper = _scope.Helpers[call.Helper];
        var arguments = call.Arguments.Select(Bind).ToImmutableArray();
        _called.Add(call.Helper);
        if (_wrong.Contains(call.Helper))
            return new NumberExpr(call.Span, 0);
        var shown = Text(call.Name.Span);
        if (arguments.Length != helper.Parameters.Length)
            _errors.Report(FormulaErrorIds.BadCall, call.Span, $"{shown} takes {Plural(helper.Parameters.Length)}, as '{Text(TextSpan.FromBounds(helper.Span.Start, helper.Value.Span.Start)).TrimEnd(' ', '=')}' says, not {arguments.Length}");
        else if (_calling.Contains(call.Helper))
            Refuse($"the function '{shown}' is defined by itself, which would never end; what goes on from step to step is a state");
        else if (_calling.Count == MostNested || ++_calls > MostCalls)
            Refuse("the functions of this text call one another too often; give a part of the value a name of its own");
        else
            return BindBody(call, helper, arguments);
        return new NumberExpr(call.Span, 0);

        void Refuse(string message)
        {
            _errors.Syntax(call.Span, message);
            _wrong.UnionWith(_calling);
            _wrong.Add(call.Helper);
        }
    }

    private Expr BindBody(HelperCallSyntax call, HelperSyntax helper, ImmutableArray<Expr> arguments)
    {
        var (outer, errors) = (_given, _errors.Count);
        var given = new Dictionary<string, Expr>();
        for (var i = 0; i < arguments.Length; i++)
        {
            var name = _times.NameOf(helper.Parameters[i]);
            given[name] = IsLeaf(arguments[i]) || Reads(helper, name) < 2 ? arguments[i]
                : new DefinedExpr(arguments[i].Span, Define(new Assignment(new LocalSymbol(name), arguments[i], arguments[i].Span, arguments[i].Span)));
        }

        _calling.Push(call.Helper);
        _given = given;
        var value = Bind(helper.Value);
        _given = outer;
        _calling.Pop();
        if (_errors.Count > errors)
            _wrong.Add(call.Helper);
        return value with { Span = call.Span };
    }

    private static bool IsLeaf(Expr argument) => argument is NumberExpr or HyperExpr or StepExpr or GradientExpr or OldExpr or DefinedExpr;

    private int Reads(HelperSyntax helper, string parameter) => helper.Value.Nodes().OfType<NameSyntax>().Count(name => _times.NameOf(name) == parameter);
}
