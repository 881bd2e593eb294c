using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Architecture;

/// <summary>What users compile against changes on purpose only.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void Runtime_library() => Snapshot.VerifyText(PublicApi.Describe(typeof(UpdateRuleAttribute).Assembly));
}
