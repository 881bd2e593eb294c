using System.Collections.Immutable;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>The names of the arguments of <c>Update</c>: the symbols, whatever the kernel calls its own variables.</summary>
internal sealed class UpdateArguments
{
    public UpdateArguments(string step, string parameter, string gradient, IEnumerable<string> states)
    {
        Step = Names.Unique(step);
        Parameter = Names.Unique(parameter);
        Gradient = Names.Unique(gradient);
        States = [.. states.Select(Names.Unique)];
    }

    public UpdateArguments(RuleModel model)
        : this(model.Source.CountedStep, model.Parameter.Name, model.Source.Gradient, model.States.Select(state => state.Name))
    {
    }

    /// <summary>What the argument is called that decides how values are rounded, where there is one.</summary>
    public const string Seed = "roundingSeed";

    /// <summary>Where names of local variables beside the arguments come from.</summary>
    public Identifiers Names { get; } = new([]);

    public string Step { get; }

    public string Parameter { get; }

    public string Gradient { get; }

    public ImmutableArray<string> States { get; }

    /// <summary>The argument that is a tensor; null stands for the gradient.</summary>
    public string Of(StoredSymbol? symbol) => symbol switch
    {
        null => Gradient,
        StateSymbol state => States[state.Index],
        _ => Parameter,
    };
}
