using TorchSharp;

namespace OptDsl.Torch.Tests.Infrastructure;

/// <summary>Whether libtorch runs on this machine.</summary>
internal static class LibTorch
{
    /// <summary>The environment variable that makes its absence a failure of the tests: "1" where all is installed on purpose.</summary>
    public const string Required = "OPTDSL_REQUIRE_TORCH";

    private static readonly Lazy<string?> s_missing = new(Find);

    /// <summary>Why tests are skipped, and what to do; null where they are not.</summary>
    public static string? Missing => s_missing.Value;

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Required) == "1")
            return null;
        try
        {
            using var one = torch.ones(1);
            return null;
        }
        catch (Exception exception) when (exception is TypeInitializationException or NotSupportedException or DllNotFoundException or EntryPointNotFoundException)
        {
            var reason = exception.GetBaseException().Message.Split('\n')[0];
            return $"libtorch cannot be loaded here ({reason}). It needs a C++ runtime with GLIBCXX_3.4.32, as Debian 13 and Ubuntu 24.04 have. " +
                "On older systems: .ci/newer-cpp-runtime.sh FOLDER, then OPTDSL_CPP_RUNTIME=FOLDER dotnet test.";
        }
    }
}
