using TorchSharp.Modules;

namespace OptDsl.Torch;

/// <summary>A parameter with the name by which groups, files and messages know it.</summary>
/// <param name="Name">The name, as <c>named_parameters()</c> gives it: <c>"head.weight"</c>.</param>
/// <param name="Parameter">The parameter.</param>
public readonly record struct NamedParameter(string Name, Parameter Parameter)
{
    /// <summary>The number of dimensions: biases and the scales of norms have 1, the weights of layers 2 or more.</summary>
    public int Rank => (int)Parameter.dim();

    /// <inheritdoc/>
    public override string ToString() => $"{Name} [{string.Join(" × ", Parameter.shape)}]";
}
