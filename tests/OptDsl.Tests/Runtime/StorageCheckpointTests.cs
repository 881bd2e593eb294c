using OptDsl.Checkpoints;
using OptDsl.Tests.Checkpoints;
using static OptDsl.Tests.Runtime.StoredRuns;

namespace OptDsl.Tests.Runtime;

/// <summary>States in fewer bits in checkpoints.</summary>
public sealed class StorageCheckpointTests
{
    [Theory]
    [InlineData(Storage.BFloat16)]
    [InlineData(Storage.Block8)]
    [InlineData(Storage.Element)]
    public void A_checkpoint_goes_on_with_the_same_bits(Storage storage)
    {
        using var folder = new TemporaryFolder();
        var whole = Stepped<float>(20, storage: storage);
        var first = Stepped<float>(10, storage: storage);
        first.Save(folder["a.safetensors"]);
        var second = New<float>(storage);
        var info = second.Load(folder["a.safetensors"]);
        Assert.Empty(info.SettingChanges);
        Step(second, 10);
        Assert.Equal(Bits(whole), Bits(second));
    }

    [Theory]
    [InlineData(Storage.BFloat16, "\"dtype\":\"BF16\"")]
    [InlineData(Storage.Block8, "\"dtype\":\"U8\"")]
    [InlineData(Storage.Block8, "\"scale/p4/v\":{\"dtype\":\"F32\",\"shape\":[20]")]
    public void A_checkpoint_of_another_storage_is_converted_and_told(Storage storage, string tensor)
    {
        using var folder = new TemporaryFolder();
        var narrow = Stepped<float>(10, storage: storage);
        var bytes = narrow.Groups[0].StateBytes;
        narrow.Save(folder["narrow.safetensors"]);
        var header = System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(folder["narrow.safetensors"]));
        Assert.Contains(tensor, header, StringComparison.Ordinal);

        // Wider: nothing is lost.
        var wide = New<float>(Storage.Element);
        var change = Assert.Single(wide.Load(folder["narrow.safetensors"]).SettingChanges);
        Assert.Equal("Storage", change.Setting);
        Assert.Equal($"m: {storage} (Stochastic), v: {storage} (Stochastic), u: {storage} (Stochastic)", change.Saved);
        Assert.Equal(narrow.State("p4", "v").ToArray(), wide.State("p4", "v").ToArray());
        Step(wide, 1);
        Assert.Equal(8L * Lengths.Sum(), wide.Groups[0].StateBytes);

        // Narrower: the nearest values.
        wide.Save(folder["wide.safetensors"]);
        var again = New<float>(storage);
        Assert.Equal("none", Assert.Single(again.Load(folder["wide.safetensors"]).SettingChanges).Saved);
        Assert.Equal(wide.State("p4", "v").ToArray(), again.State("p4", "v").ToArray());
        Step(again, 1);
        Assert.Equal(bytes, again.Groups[0].StateBytes);

        // As it was, where that is asked for.
        var restored = New<float>(Storage.Element);
        Assert.True(Assert.Single(restored.Load(folder["narrow.safetensors"], new CheckpointOptions { RestoresHypers = true }).SettingChanges).IsRestored);
        Assert.Equal(storage, restored.Groups[0].StorageOf("m"));
        Step(restored, 10);
        Assert.Equal(Bits(Stepped<float>(20, storage: storage)), Bits(restored));
    }

    [Fact]
    public void Another_seed_rounds_otherwise_and_is_told()
    {
        using var folder = new TemporaryFolder();
        var (one, other) = (Stepped<float>(5), Stepped<float>(5, optimizer => optimizer.RoundingSeed = 1));
        Assert.NotEqual(Bits(one), Bits(other));
        other.Save(folder["a.safetensors"]);
        Assert.Equal(nameof(Optimizer<float>.RoundingSeed), Assert.Single(one.Load(folder["a.safetensors"]).SettingChanges).Setting);
    }
}
