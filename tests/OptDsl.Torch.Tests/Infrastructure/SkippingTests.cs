using System.Reflection;

namespace OptDsl.Torch.Tests.Infrastructure;

public sealed class SkippingTests
{
    [Fact]
    public void Every_test_says_that_it_needs_libtorch()
    {
        var tests = typeof(SkippingTests).Assembly.GetTypes().Where(type => type != typeof(SkippingTests)).SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttribute<FactAttribute>() is not null);

        Assert.All(tests, method => Assert.True(method.GetCustomAttribute<FactAttribute>() is TorchFactAttribute or TorchTheoryAttribute, $"{method.DeclaringType!.Name}.{method.Name}"));
    }
}
