namespace OptDsl.Generators.Diagnostics;

/// <summary>Where each diagnostic is explained.</summary>
internal static class HelpLink
{
    private const string Repository = "https://github.com/optdsl/optdsl";

    public static string For(string id) => $"{Repository}/blob/main/generators/DIAGNOSTICS.md#{id.ToLowerInvariant()}";
}
