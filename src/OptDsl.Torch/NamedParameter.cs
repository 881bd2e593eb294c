using TorchSharp.Modules;

namespace OptDsl.Torch;

/// <summary>A parameter with the name by which groups, files and messages know it.</summary>
public sealed class NamedParameter
{
    internal NamedParameter(string name, Parameter parameter) => (Name, Parameter) = (name, parameter);

    /// <summary>The name, as <c>named_parameters()</c> gives it: <c>"head.weight"</c>.</summary>
    public string Name { get; }

    /// <summary>The parameter.</summary>
    public Parameter Parameter { get; }

    /// <summary>The number of dimensions: biases and the scales of norms have 1, the weights of layers 2 or more.</summary>
    public int Rank => (int)Parameter.dim();

    /// <inheritdoc/>
    public override string ToString() => $"{Name} [{string.Join(" × ", Parameter.shape)}]";
}
