namespace OptDsl.Playground.Rules;

/// <summary>The rule to begin with, and those of the library.</summary>
internal static class Examples
{
    /// <summary>Adam without its bias correction.</summary>
    public static PageState First { get; } = new("", "m = β₁m + (1-β₁)g\nv = β₂v + (1-β₂)g²\nW = W - η m / (√v + ε)", "pytorch");

    public static IReadOnlyList<string> Names { get; } = [.. typeof(Examples).Assembly.GetManifestResourceNames().Order(StringComparer.Ordinal)];

    /// <summary>A rule of the library as a document.</summary>
    public static string Read(string name)
    {
        using var stream = typeof(Examples).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
