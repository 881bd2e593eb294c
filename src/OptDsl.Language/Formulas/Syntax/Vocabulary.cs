namespace OptDsl.Language.Formulas.Syntax;

/// <summary>What a name is for. The order has no meaning.</summary>
internal enum NameRole
{
    None,
    Parameter,
    Gradient,
    Step,
    State,
    Hyper,

    /// <summary>A statement assigns it.</summary>
    Assigned,

    /// <summary>A function that the text defines.</summary>
    Helper,
}

/// <summary>
/// The names that a text may use, by their normalised form. Papers write <c>v(t)</c> for a time, a product and a function alike:
/// which it is can only be told by what <c>v</c> is.
/// </summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, NameRole> _roles = [];
    private readonly Dictionary<string, string> _initials = [];
    private readonly Dictionary<string, double?> _defaults = [];
    private readonly Dictionary<string, string> _arguments = [];
    private readonly HashSet<string> _timed = [];
    private readonly Dictionary<string, string> _keys = [];

    /// <summary>For a text in which no name is known.</summary>
    public static Vocabulary Empty => new("");

    public Vocabulary(string step) => (Step, Parameter, Gradient) = (step, "", "");

    public Vocabulary(string step, string parameter, string gradient)
    {
        (Step, Parameter, Gradient) = (step, parameter, gradient);
        Add(step, NameRole.Step);
        Add(parameter, NameRole.Parameter);
        Add(gradient, NameRole.Gradient);
    }

    private Vocabulary(Vocabulary other)
    {
        (Step, Parameter, Gradient, HasUpperTimes, ElementIndex) = (other.Step, other.Parameter, other.Gradient, other.HasUpperTimes, other.ElementIndex);
        (_initials, _defaults, _arguments, _timed, _keys) = (other._initials, other._defaults, other._arguments, other._timed, other._keys);
        _roles = other._roles.ToDictionary(role => role.Key, role => role.Value);
    }

    /// <summary>The symbol of the step; empty where there is none.</summary>
    public string Step { get; }

    /// <summary>What the step is at first.</summary>
    public string FirstStep { get; init; } = "1";

    /// <summary>True for a text with LaTeX commands, in which a script without braces is a single character.</summary>
    public bool IsLatex { get; set; }

    /// <summary>The symbol of the parameter; empty where there is none.</summary>
    public string Parameter { get; }

    /// <summary>The symbol of the gradient; empty where there is none.</summary>
    public string Gradient { get; }

    /// <summary>True where a left side carries the step as an upper index, as in <c>w^{k+1} = …</c>: then all tensors do.</summary>
    public bool HasUpperTimes { get; private set; }

    /// <summary>The index of elements that the text uses, once one is met.</summary>
    public string? ElementIndex { get; set; }

    public void AddState(string name, string initial)
    {
        Add(name, NameRole.State);
        _initials[name] = initial;
    }

    public void AddHyper(string name, double? value)
    {
        Add(name, NameRole.Hyper);
        _defaults[name] = value;
    }

    /// <summary>Notes what a statement assigns.</summary>
    /// <param name="name">The name.</param>
    /// <param name="hasTime">True where the left side carries a time.</param>
    /// <param name="hasUpperTime">True where the step stands above it without brackets.</param>
    /// <param name="arguments">What stands in brackets behind it, as in <c>r(w,t)</c>.</param>
    public void AddAssigned(string name, bool hasTime, bool hasUpperTime, string? arguments)
    {
        if (!_roles.ContainsKey(name))
            _roles.Add(name, NameRole.Assigned);
        HasUpperTimes |= hasUpperTime;
        if (hasTime)
            _timed.Add(name);
        if (arguments is not null)
            _arguments[name] = arguments;
    }

    /// <summary>Notes by which key or index a tensor is read; false where the text reads it by another one too.</summary>
    public bool HasOneKey(string tensor, string key)
    {
        if (_keys.TryGetValue(tensor, out var known))
            return known == key;
        _keys.Add(tensor, key);
        return true;
    }

    /// <summary>Notes a function that the text defines.</summary>
    public void AddHelper(string name)
    {
        _roles[name] = NameRole.Helper;
        _arguments.Remove(name);
        _timed.Remove(name);
    }

    /// <summary>The names of the text, and those of a function's arguments, which hide others.</summary>
    public Vocabulary Inside(IEnumerable<string> parameters)
    {
        var inside = new Vocabulary(this) { FirstStep = FirstStep, IsLatex = IsLatex };
        foreach (var parameter in parameters)
            inside._roles[parameter] = NameRole.Assigned;
        return inside;
    }

    public NameRole RoleOf(string name) => _roles.TryGetValue(name, out var role) ? role : NameRole.None;

    public bool IsKnown(string name) => _roles.ContainsKey(name);

    /// <summary>True where a known name starts with these letters.</summary>
    public bool HasName(string letters) => _roles.Keys.Any(name => name.StartsWith(letters, StringComparison.Ordinal));

    /// <summary>True where a known name starts with these letters and ends with this label.</summary>
    public bool HasLabelled(string letters, string label) =>
        _roles.Keys.Any(name => name.StartsWith(letters, StringComparison.Ordinal) && name.EndsWith(label, StringComparison.Ordinal));

    /// <summary>True for what has a value at every step: tensors and what statements assign.</summary>
    public bool HasTimes(string name) => RoleOf(name) is NameRole.Parameter or NameRole.Gradient or NameRole.State or NameRole.Assigned;

    /// <summary>True where <c>x(t-1)</c> can only be the value of a name at a time.</summary>
    public bool IsFunctionOfTime(string name) => RoleOf(name) is NameRole.Parameter or NameRole.Gradient or NameRole.State || _timed.Contains(name);

    /// <summary>The expression that a state starts from, or null.</summary>
    public string? InitialOf(string state) => _initials.TryGetValue(state, out var initial) ? initial : null;

    /// <summary>The default of a hyper-parameter, or null where it has none.</summary>
    public double? DefaultOf(string hyper) => _defaults.TryGetValue(hyper, out var value) ? value : null;

    /// <summary>What the left side of a name's assignment has in brackets, or null.</summary>
    public string? ArgumentsOf(string name) => _arguments.TryGetValue(name, out var arguments) ? arguments : null;

    private void Add(string name, NameRole role)
    {
        if (name != "")
            _roles[name] = role;
    }
}
