namespace OptDsl.Generators.Diagnostics;

/// <summary>Where each diagnostic is explained.</summary>
internal static class HelpLink
{
    private const string Repository = "https://github.com/optdsl/optdsl";

    /// <summary>The page of them all.</summary>
    public const string Page = Repository + "/blob/main/generators/DIAGNOSTICS.md";

    public static string For(string id) => $"{Page}#{id.ToLowerInvariant()}";
}
