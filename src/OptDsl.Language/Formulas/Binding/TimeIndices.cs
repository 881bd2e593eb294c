using System.Collections.Immutable;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>
/// Understands <c>v_t</c>, <c>v_{t-1}</c>, <c>y^{(t)}</c>. What stands on the left of a name's assignment is its new value,
/// whatever the convention (<c>v_t = …</c> or <c>θ_{t+1} = …</c>), and one less is the value before the step.
/// </summary>
internal sealed class TimeIndices(Scope scope, ErrorSink errors)
{
    private readonly string? _step = scope.Step;
    private readonly Dictionary<string, int> _new = [];
    private readonly HashSet<string> _indexedHypers = [];
    private readonly Dictionary<string, int> _early = [];

    /// <summary>Notes the index of every assigned name.</summary>
    public void Collect(IEnumerable<StatementSyntax> statements)
    {
        foreach (var target in statements.Select(statement => statement.Target))
        {
            if (IndexOf(target) is not { } index)
                continue;
            if (scope.Find(PlainName(target)) is HyperSymbol)
                _indexedHypers.Add(PlainName(target));
            var name = NameOf(target);
            if (scope.States.Any(state => state.Past == new PastValue(name, index)))
                continue;
            if (!_new.TryGetValue(name, out var known))
                _new[name] = index;
            else if (index == known + 1 && !_early.ContainsKey(name))
                (_early[name], _new[name]) = (known, index);
            else if (index == known - 1 && !_early.ContainsKey(name) && scope.Find(name) is null)
                _early[name] = index;
            else if (known != index && !(_early.TryGetValue(name, out var early) && early == index && known < index))
                errors.Syntax(target.Span, $"'{name}' is assigned at two times, {Show(known)} and {Show(index)}; a step has one");
        }
    }

    /// <summary>
    /// What a name denotes. Where a statement assigns a hyper-parameter's symbol with the time, as in <c>η_t = η / √t</c>, the
    /// symbol with the time is a name of its own.
    /// </summary>
    public string NameOf(NameSyntax name)
    {
        var plain = PlainName(name);
        return _early.TryGetValue(plain, out var early) && IndexOf(name) == early ? $"{plain}_{{{Show(early)}}}"
            : _indexedHypers.Contains(plain) && IndexOf(name) is not null ? $"{plain}_{_step}" : plain;
    }

    /// <summary>
    /// Of a name with the time before its new value, which statements assign too, as in <c>θ_t = θ_t - λθ_t; θ_{t+1} = θ_t - g</c>: the symbol
    /// whose old value it is until then. Null for any other name.
    /// </summary>
    public StoredSymbol? EarlyOf(string name) =>
        _early.FirstOrDefault(early => name == $"{early.Key}_{{{Show(early.Value)}}}") is { Key: { } plain } ? scope.Find(plain) as StoredSymbol : null;

    /// <summary>The earlier of two times at which statements assign a name, or null.</summary>
    public int? EarlyIndexOf(string name) => _early.TryGetValue(name, out var early) ? early : null;

    /// <summary>True for the earlier of two times of a name that is no state and no parameter, <c>μ_t</c> beside <c>μ_{t+1}</c>: each is a name of its own.</summary>
    public bool IsEarlyLocal(string name) => _early.Any(early => name == $"{early.Key}_{{{Show(early.Value)}}}" && scope.Find(early.Key) is not StoredSymbol);

    private bool _hasGradientsOfPast;
    private int? _latestFunction;
    private int? _latestPoint;
    private int _now;

    /// <summary>Notes at which times gradients are taken: what is earlier than the latest is the gradient of an earlier step.</summary>
    public void CollectGradients(IEnumerable<ExprSyntax> expressions)
    {
        var nodes = expressions.SelectMany(expression => expression.Nodes()).ToList();
        var gradients = nodes.OfType<NablaSyntax>().Where(nabla => nabla is { PointTime: not null, DataTime: not null }).ToList();
        foreach (var nabla in gradients.Where(nabla => gradients.Any(other => other.PointTime > nabla.PointTime && other.DataTime == nabla.DataTime)))
        {
            errors.Syntax(
                nabla.Span, "this is the gradient at an earlier value of the parameter with the data of this step, which the caller does not compute; give it to the rule as a state that is filled before the step, or write the gradient of the step before, which has the data of that step");
        }

        foreach (var node in nodes)
        {
            switch (node)
            {
                case NablaSyntax { FunctionTime: { } time }:
                    _hasGradientsOfPast |= _latestFunction is { } latest && latest != time;
                    _latestFunction = Math.Max(time, _latestFunction ?? time);
                    break;
                case NablaSyntax { PointTime: { } time }:
                    _hasGradientsOfPast |= _latestPoint is { } last && last != time;
                    _latestPoint = Math.Max(time, _latestPoint ?? time);
                    break;
                case NameSyntax name when IndexOf(name) is { } time && PlainName(name) == scope.Gradient:
                    _now = Math.Max(_now, time);
                    break;
            }
        }
    }

    /// <summary>A gradient, where the text takes it at several times as the value of the gradient's symbol at that time.</summary>
    public ExprSyntax GradientAt(NablaSyntax nabla)
    {
        if (!_hasGradientsOfPast || scope.Gradient is not { } gradient || _step is null)
            return nabla;
        var shift = nabla.FunctionTime is { } function ? function - _latestFunction!.Value : nabla.PointTime is { } point ? point - _latestPoint!.Value : 0;
        return NameSyntax.OfKey(gradient, nabla.Span) with { TimeIndex = new Subscript(nabla.Span, _step, _now + shift) };
    }

    private string PlainName(NameSyntax name) => NameSyntax.KeyOf(name.Letters, WithoutTime(name.Subscripts));

    /// <summary>The index that a name carries, relative to the step, if it carries one.</summary>
    public int? IndexOf(NameSyntax name) =>
        name.TimeIndex?.Offset ?? name.Subscripts.FirstOrDefault(IsTime)?.Offset;

    /// <summary>The subscripts that belong to the name: without the time, and without the coordinate that may stand beside it.</summary>
    public ImmutableArray<Subscript> WithoutTime(ImmutableArray<Subscript> subscripts) => subscripts.Any(IsTime)
        ? subscripts.RemoveAll(part => IsTime(part) || part.Text is "i" or "j")
        : subscripts;

    /// <summary>True for tensors, which have a value at every step; nobody raises one to the power of the step.</summary>
    public bool HasTimes(string name) => name == scope.Gradient || scope.Find(name) is ParameterSymbol or StateSymbol { IsScalar: false };

    /// <summary>The index of a name's new value; names whose assignment carries none have their new value at the step.</summary>
    public int NewIndexOf(string name) => _new.TryGetValue(name, out var index) ? index : 0;

    /// <summary>True when the assignment says at which index the new value stands.</summary>
    public bool HasNewIndex(string name) => _new.ContainsKey(name);

    public string Show(int index) => index == 0 ? $"{_step}" : index > 0 ? $"{_step}+{index}" : $"{_step}{index}";

    private bool IsTime(Subscript part) => part.Text == _step;
}
