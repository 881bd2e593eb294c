using System.Buffers.Binary;
using Tensorboard;

namespace OptDsl.Training.Tests;

/// <summary>The files of events, read by the messages that TensorFlow declares.</summary>
public sealed class TensorBoardLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_begins_with_its_version_and_has_an_event_a_step()
    {
        var before = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        string path;
        using (var log = new TensorBoardLog(_folder.File("runs/first")))
        {
            path = log.FilePath;
            log.Write(1, ("loss", 0.5), ("learning_rate/body, tail", 0.25));
            log.Write(300_000_000_000, ("größe", -1e-3));
        }

        var events = Read(path);
        Assert.Equal(3, events.Count);
        Assert.Equal("brain.Event:2", events[0].FileVersion);
        Assert.Equal((1L, 300_000_000_000L), (events[1].Step, events[2].Step));
        Assert.Equal([("loss", 0.5f), ("learning_rate/body, tail", 0.25f)], events[1].Summary.Value.Select(value => (value.Tag, value.SimpleValue)));
        Assert.Equal([("größe", -1e-3f)], events[2].Summary.Value.Select(value => (value.Tag, value.SimpleValue)));
        Assert.All(events, message => Assert.InRange(message.WallTime, before, before + 600));
        Assert.StartsWith("events.out.tfevents.", Path.GetFileName(path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_that_resumes_says_from_which_step_on_earlier_files_do_not_count()
    {
        string path;
        using (var log = new TensorBoardLog(_folder.File("run"), after: 120))
        {
            path = log.FilePath;
            log.Write(121, "loss", 1);
        }

        var events = Read(path);
        Assert.Equal((121L, SessionLog.Types.SessionStatus.Start), (events[1].Step, events[1].SessionLog.Status));
        Assert.Equal(121L, events[2].Step);
    }

    [Fact]
    public void Two_logs_of_a_folder_are_two_files()
    {
        using var first = new TensorBoardLog(_folder.File("run"));
        using var second = new TensorBoardLog(_folder.File("run"));

        Assert.NotEqual(first.FilePath, second.FilePath);
    }

    [Fact]
    public void What_is_no_number_stays_what_it_is()
    {
        string path;
        using (var log = new TensorBoardLog(_folder.File("run")))
        {
            path = log.FilePath;
            log.Write(1, ("a", double.NaN), ("b", double.NegativeInfinity), ("c", 1e300), ("d", 0));
        }

        Assert.Equal([float.NaN, float.NegativeInfinity, float.PositiveInfinity, 0], Read(path)[1].Summary.Value.Select(value => value.SimpleValue));
    }

    /// <summary>The frames of TensorFlow's records, their checksums computed bit by bit.</summary>
    private static List<Event> Read(string path)
    {
        var events = new List<Event>();
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(path);
        while (bytes.Length > 0)
        {
            var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
            Assert.Equal(MaskedCrc32C(bytes[..8]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]));
            var message = bytes.Slice(12, length);
            Assert.Equal(MaskedCrc32C(message), BinaryPrimitives.ReadUInt32LittleEndian(bytes[(12 + length)..]));
            events.Add(Event.Parser.ParseFrom(message.ToArray()));
            bytes = bytes[(16 + length)..];
        }

        return events;
    }

    [Fact]
    public void The_checksum_of_the_tests_is_that_of_the_standard() =>
        Assert.Equal(0xE3069283u, Crc32C("123456789"u8)); // The check value of CRC-32C (RFC 3720).

    private static uint MaskedCrc32C(ReadOnlySpan<byte> bytes)
    {
        var crc = Crc32C(bytes);
        return ((crc >> 15) | (crc << 17)) + 0xA282EAD8;
    }

    private static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0x82F63B78);
        }

        return ~crc;
    }
}
