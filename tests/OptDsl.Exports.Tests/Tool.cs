namespace OptDsl.Exports.Tests;

/// <summary>What more than the SDK a test needs: without it the test is skipped, and fails where <c>OPTDSL_REQUIRE_TOOLS</c> is set.</summary>
internal static class Tool
{
    public static void Require(string? missing, string remedy)
    {
        if (missing is null)
            return;
        if (Environment.GetEnvironmentVariable("OPTDSL_REQUIRE_TOOLS") == "1")
            Assert.Fail($"{missing}; this needs {remedy}");
        Assert.Skip($"{missing}; this needs {remedy}");
    }
}
