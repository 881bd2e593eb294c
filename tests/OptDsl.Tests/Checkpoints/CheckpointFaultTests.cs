using System.Text.Json;
using System.Text.RegularExpressions;
using OptDsl.Checkpoints;
using OptDsl.Tests.Runtime;
using OptDsl.Tests.TestRules;

namespace OptDsl.Tests.Checkpoints;

public sealed class CheckpointFaultTests(ITestOutputHelper output)
{
    [Fact]
    public void A_checkpoint_is_a_safetensors_file_with_the_documented_names()
    {
        using var folder = new TemporaryFolder();
        var everything = new Everything<float>();
        everything.Run(5);
        everything.Optimizer.Save(folder["c"]);
        var file = SafetensorsFile.Read(folder["c"]);
        Assert.Equal(everything.Optimizer.Parameters.First().Value.ToArray(), SafetensorsFile.Elements<float>(file, "parameter/body.weight"));
        Assert.Equal(everything.Optimizer.State("head.weight", "v").ToArray(), SafetensorsFile.Elements<float>(file, "state/head.weight/v"));
        Assert.Equal([everything.Optimizer.TensorState("body.weight", "s")], SafetensorsFile.Elements<double>(file, "state/body.weight/s"));
        Assert.Equal(everything.Ema.Of("late").ToArray(), SafetensorsFile.Elements<float>(file, "average/ema/late"));
        Assert.True(file.Header.TryGetProperty("slow/body.weight", out _));
        Assert.True(file.Header.TryGetProperty("gradient/body.weight", out _));
        Assert.False(file.Header.TryGetProperty("state/late/v", out _));

        var metadata = file.Header.GetProperty("__metadata__");
        Assert.Equal(everything.Optimizer.StepCount.ToString(System.Globalization.CultureInfo.InvariantCulture), metadata.GetProperty("step").GetString());
        var state = JsonSerializer.Deserialize<JsonElement>(metadata.GetProperty("state").GetString()!);
        var group = state.GetProperty("groups")[1];
        Assert.Equal(("TestMomentum", "test-momentum"), (group.GetProperty("rule").GetString(), group.GetProperty("hash").GetString()));
        Assert.Equal(["η", "μ", "λ"], group.GetProperty("hypers").EnumerateArray().Select(hyper => hyper.GetProperty("symbol").GetString()));
        Assert.Equal(["head.weight", "late"], group.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()));
    }

    [Fact]
    public void Every_byte_of_the_header_and_of_the_data_is_guarded()
    {
        using var victim = new Victim();
        var bytes = File.ReadAllBytes(victim.Path);
        var dataStart = 8 + (int)BitConverter.ToInt64(bytes);
        var tried = new SortedDictionary<string, int>();
        var random = new Random(1);
        int[] positions = [.. Enumerable.Range(0, dataStart), .. Enumerable.Range(0, 200).Select(_ => random.Next(dataStart, bytes.Length)), bytes.Length - 1];
        foreach (var position in positions)
        {
            foreach (var change in (byte[])[1, 0x20, 0x80])
            {
                var damaged = bytes.ToArray();
                damaged[position] ^= change;
                File.WriteAllBytes(victim.Path, damaged);
                var part = position < 8 ? "length" : position < dataStart ? "header" : "data";
                Count(tried, $"{part}: {victim.Refused()}");
            }
        }

        Report(tried);
        File.WriteAllBytes(victim.Path, bytes);
        victim.Accepted();
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        using var victim = new Victim();
        var bytes = File.ReadAllBytes(victim.Path);
        var dataStart = 8 + (int)BitConverter.ToInt64(bytes);
        var tried = new SortedDictionary<string, int>();
        foreach (var length in Enumerable.Range(0, dataStart + 10).Concat(Enumerable.Range(1, 20).Select(i => bytes.Length - (i * i))).Where(length => length >= 0))
        {
            File.WriteAllBytes(victim.Path, bytes[..length]);
            Assert.Equal(CheckpointFault.Truncated, victim.Refused());
            Count(tried, "cut: Truncated");
        }

        File.WriteAllBytes(victim.Path, [.. bytes, 0]);
        Count(tried, $"longer: {victim.Refused()}");
        Report(tried);
    }

    [Fact]
    public void Bytes_in_random_places_are_refused()
    {
        using var victim = new Victim();
        var bytes = File.ReadAllBytes(victim.Path);
        var random = new Random(2);
        var tried = new SortedDictionary<string, int>();
        for (var i = 0; i < 500; i++)
        {
            var damaged = bytes.ToArray();
            for (var j = 0; j <= i % 8; j++)
            {
                var position = random.Next(damaged.Length);
                damaged[position] ^= (byte)random.Next(1, 256);
            }

            if (damaged.AsSpan().SequenceEqual(bytes))
                continue;
            File.WriteAllBytes(victim.Path, damaged);
            Count(tried, victim.Refused().ToString());
        }

        Report(tried);
    }

    public static TheoryData<string, string, long?, CheckpointFault> HostileHeaders => new()
    {
        { "length of 2⁶³", "{}", long.MinValue, CheckpointFault.Malformed },
        { "length of -1", "{}", -1, CheckpointFault.Malformed },
        { "length above the limit", "{}", 100_000_001, CheckpointFault.Malformed },
        { "length beyond the file", "{}", 99_999_999, CheckpointFault.Truncated },
        { "empty header", "", 0, CheckpointFault.Malformed },
        { "header that is no object", "[]", null, CheckpointFault.Malformed },
        { "header that is no JSON", "{\"a\":", null, CheckpointFault.Malformed },
        { "header of brackets", "{\"a\":" + new string('[', 100_000), null, CheckpointFault.Malformed },
        { "names twice", """{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""", null, CheckpointFault.Malformed },
        { "half a surrogate", """{"\ud800":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""", null, CheckpointFault.Malformed },
        { "metadata that is no text", """{"__metadata__":{"format":5}}""", null, CheckpointFault.Malformed },
        { "metadata that is no object", """{"__metadata__":5}""", null, CheckpointFault.Malformed },
        { "tensor that is no object", """{"a":5}""", null, CheckpointFault.Malformed },
        { "tensor without type", """{"a":{"shape":[4],"data_offsets":[0,4]}}""", null, CheckpointFault.Malformed },
        { "shape that overflows", """{"a":{"dtype":"F32","shape":[4294967296,4294967296,4294967296,4294967296],"data_offsets":[0,4]}}""", null, CheckpointFault.Malformed },
        { "shape that overflows to the right size", """{"a":{"dtype":"U8","shape":[9223372036854775807,2,0],"data_offsets":[0,0]}}""", null, CheckpointFault.Malformed },
        { "negative dimension", """{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", null, CheckpointFault.Malformed },
        { "dimension that is no number", """{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}""", null, CheckpointFault.Malformed },
        { "dimension of 1.5", """{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", null, CheckpointFault.Malformed },
        { "offsets beyond all numbers", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,99999999999999999999]}}""", null, CheckpointFault.Malformed },
        { "offsets backwards", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", null, CheckpointFault.Malformed },
        { "negative offset", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", null, CheckpointFault.Malformed },
        { "three offsets", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,4]}}""", null, CheckpointFault.Malformed },
        { "offsets that overlap", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", null, CheckpointFault.Malformed },
        { "offsets with a gap", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", null, CheckpointFault.Malformed },
        { "offsets beyond the file", """{"a":{"dtype":"F32","shape":[1000000000],"data_offsets":[0,4000000000]}}""", null, CheckpointFault.Truncated },
        { "shape of another size", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", null, CheckpointFault.Malformed },
        { "data without tensor", "{}", null, CheckpointFault.Malformed },
        { "safetensors of another program", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", null, CheckpointFault.Foreign },
        { "checkpoint without checksum", """{"__metadata__":{"format":"optdsl.checkpoint","state":"{}"},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", null, CheckpointFault.Altered },
        { "checksum that is cut", """{"__metadata__":{"checksum":"sha256:00","format":"optdsl.checkpoint"},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", null, CheckpointFault.Altered },
    };

    [Theory]
    [MemberData(nameof(HostileHeaders))]
    public void Hostile_headers_are_refused(string what, string header, long? headerLength, CheckpointFault fault)
    {
        using var victim = new Victim();
        SafetensorsFile.WriteRaw(victim.Path, header, new byte[4], headerLength);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(fault, victim.Refused());
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 20_000_000, what);
    }

    [Fact]
    public void States_that_a_checksum_vouches_for_are_still_compared_with_the_optimizer()
    {
        var tried = new SortedDictionary<string, int>();
        Try("a later version", CheckpointFault.LaterVersion, state => state.Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal));
        Try("no step", CheckpointFault.Malformed, state => state.Replace("\"step\"", "\"stop\"", StringComparison.Ordinal));
        Try("no JSON", CheckpointFault.Malformed, state => state[..^5]);
        Try("a step that is no number", CheckpointFault.Malformed, state => state.Replace("\"step\":3", "\"step\":\"x\"", StringComparison.Ordinal));
        Try("a parameter twice", CheckpointFault.Malformed, state => state.Replace("\"name\":\"p1\"", "\"name\":\"p0\"", StringComparison.Ordinal));
        Try("a parameter renamed", CheckpointFault.OtherParameters, state => state.Replace("\"name\":\"p1\"", "\"name\":\"p9\"", StringComparison.Ordinal));
        Try("another rule", CheckpointFault.OtherRule, state => state.Replace("test-trust-ratio", "other", StringComparison.Ordinal));
        Try("no steps, but states", CheckpointFault.Malformed, state => state.Replace("\"steps\":3", "\"steps\":0", StringComparison.Ordinal));
        Try("as many parts of a step as a step has", CheckpointFault.MissingSetting, state => state.Replace("\"pending\":0", "\"pending\":1", StringComparison.Ordinal));
        foreach (var (name, value) in (IEnumerable<(string, string)>)
            [
                .. from counter in (string[])["step", "skipped", "pending"] from nonsense in (string[])["-1", "9223372036854775807", "9007199254740993", "1.5", "null", "\"1\""] select (counter, nonsense),
                ("pending", "4294967296"), ("lookahead", "null"), ("lookahead", "1"),
            ])
        {
            Try($"{name} of {value}", CheckpointFault.Malformed, state => Regex.Replace(state, $"\"{name}\":[^,]*", $"\"{name}\":{value}"));
        }

        foreach (var scaler in (string[])
            [
                .. from scale in (string[])["0", "-1", "1e-320", "\"NaN\"", "\"Infinity\"", "null", "1e999"] select $$"""{"scale":{{scale}},"finiteSteps":0}""",
                .. from count in (string[])["-1", "9007199254740992", "null"] select $$"""{"scale":1,"finiteSteps":{{count}}}""", "null", "{}", "[]",
            ])
        {
            Try($"a scaler {scaler}", CheckpointFault.Malformed, state => state.Replace("\"lookahead\"", $"\"lossScaler\":{scaler},\"lookahead\"", StringComparison.Ordinal));
        }

        foreach (var text in (string[])["name", "rule", "hash", "formulas", "symbol", "property", "Clipping"])
            Try($"{text} of null", CheckpointFault.Malformed, state => Regex.Replace(state, $"\"{text}\":\"(?:[^\"\\\\]|\\\\.)*\"", $"\"{text}\":null"));
        foreach (var part in (string[])["averages", "settings", "groups", "parameters", "hypers"])
        {
            Try($"{part} of null", CheckpointFault.Malformed, state => state.Replace($"\"{part}\":", $"\"{part}\":null,\"x\":", StringComparison.Ordinal));
            Try($"no {part}", CheckpointFault.Malformed, state => state.Replace($"\"{part}\":", "\"x\":", StringComparison.Ordinal));
        }

        Try("steps of a parameter below 0", CheckpointFault.Malformed, state => state.Replace("\"steps\":3", "\"steps\":-3", StringComparison.Ordinal));
        Try("a value of null", CheckpointFault.Malformed, state => Regex.Replace(state, "\"value\":[^,}]*", "\"value\":null"));
        Try("an average of null", CheckpointFault.Malformed, state => state.Replace("\"averages\":[]", "\"averages\":[null]", StringComparison.Ordinal));
        Try("an average updated less than never", CheckpointFault.Malformed, state => state.Replace("\"averages\":[]", "\"averages\":[{\"name\":\"a\",\"updates\":-1}]", StringComparison.Ordinal));
        Report(tried);

        void Try(string what, CheckpointFault fault, Func<string, string> change)
        {
            using var victim = new Victim();
            var (header, data) = SafetensorsFile.Read(victim.Path);
            var metadata = header.GetProperty("__metadata__").EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetString()!);
            var changed = change(metadata["state"]);
            Assert.NotEqual(metadata["state"], changed);
            metadata["state"] = changed;
            metadata.Remove("checksum");
            var tensors = header.EnumerateObject().Where(property => property.Name != "__metadata__").Select(property => new RawTensor(property, data));
            using (var stream = File.Create(victim.Path))
                new SafetensorsLayout(metadata, tensors).Write(stream);
            Assert.Equal(fault, victim.Refused());
            Count(tried, $"{what}: {fault}");
        }
    }

    [Fact]
    public void A_checkpoint_of_other_parameters_shapes_rules_or_elements_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        var path = folder["c"];
        Saved().Save(path);

        Refused(CheckpointFault.OtherShape, "'b' was saved with the shape [7] and now has [8]", With(new TestTrustRatio(), ("a", [2, 3]), ("b", [8])));
        Refused(CheckpointFault.OtherShape, "'a' was saved with the shape [2 × 3] and now has [3 × 2]", With(new TestTrustRatio(), ("a", [3, 2]), ("b", [7])));
        Refused(CheckpointFault.OtherParameters, "no parameter 'c', which the optimizer has", With(new TestTrustRatio(), ("a", [2, 3]), ("b", [7]), ("c", [1])));
        Refused(CheckpointFault.OtherParameters, "no parameter 'b', which the checkpoint has", With(new TestTrustRatio(), ("a", [2, 3])));
        Refused(CheckpointFault.OtherRule, "was updated by TestTrustRatio and is now by TestMomentum: 's = βs + (1-β)sum(g²)' was there, 'v = μv + g + λW' is.", With(new TestMomentum(), ("a", [2, 3]), ("b", [7])));

        var doubles = new Optimizer<double>();
        doubles.Add(new TestTrustRatio(), new Model<double>(2, ("a", [2, 3]), ("b", [7])).Parameters);
        var exception = Assert.Throws<CheckpointException>(() => doubles.Load(path));
        Assert.Equal(CheckpointFault.OtherElementType, exception.Fault);
        Assert.Contains("type F32; the optimizer's are F64", exception.Message, StringComparison.Ordinal);

        void Refused(CheckpointFault fault, string message, Optimizer<float> optimizer)
        {
            var before = optimizer.Parameters.Select(parameter => parameter.Value.ToArray()).ToArray();
            var exception = Assert.Throws<CheckpointException>(() => optimizer.Load(path));
            Assert.Equal(fault, exception.Fault);
            Assert.Contains(message, exception.Message, StringComparison.Ordinal);
            Assert.Equal(before, optimizer.Parameters.Select(parameter => parameter.Value.ToArray()));
            Assert.Equal(0, optimizer.StepCount);
            output.WriteLine($"{fault}: {exception.Message.ReplaceLineEndings(" / ")}");
        }

        static Optimizer<float> Saved()
        {
            var model = new Model<float>(1, ("a", [2, 3]), ("b", [7]));
            var optimizer = new Optimizer<float>();
            optimizer.Add(new TestTrustRatio(), model.Parameters);
            model.Train(optimizer, 2);
            return optimizer;
        }

        static Optimizer<float> With(IUpdateRule<float> rule, params (string, int[])[] tensors)
        {
            var optimizer = new Optimizer<float>();
            optimizer.Add(rule, new Model<float>(2, tensors).Parameters);
            return optimizer;
        }
    }

    [Fact]
    public void What_a_checkpoint_continues_the_optimizer_must_have()
    {
        using var folder = new TemporaryFolder();
        var everything = new Everything<float>();
        everything.Run(4);
        everything.Optimizer.Save(folder["c"]);
        var other = new Everything<float>(2);
        other.Run(2);
        var scaler = other.Optimizer.LossScaler;
        other.Optimizer.LossScaler = null;
        Refused("LossScaler");
        other.Optimizer.LossScaler = scaler;
        other.Optimizer.Lookahead = null;
        Refused("Lookahead");

        var plain = new Optimizer<float>();
        plain.Add(new TestTrustRatio(), new Model<float>(1, 3).Parameters);
        Assert.Contains("'ema'", Assert.Throws<CheckpointException>(() => plain.Load(folder["c"])).Message, StringComparison.Ordinal);

        void Refused(string setting)
        {
            var before = other.Optimizer.Parameters.First().Value.ToArray();
            var exception = Assert.Throws<CheckpointException>(() => other.Optimizer.Load(folder["c"]));
            Assert.Equal(CheckpointFault.MissingSetting, exception.Fault);
            Assert.Contains(setting, exception.Message, StringComparison.Ordinal);
            Assert.Equal(before, other.Optimizer.Parameters.First().Value.ToArray());
        }
    }

    private static void Count(SortedDictionary<string, int> tried, string what) => tried[what] = tried.GetValueOrDefault(what) + 1;

    private void Report(SortedDictionary<string, int> tried)
    {
        foreach (var (what, count) in tried)
            output.WriteLine($"{count,6} × {what}");
    }

    /// <summary>An optimizer that has gone on since its checkpoint, and must stay as it is when the file is refused.</summary>
    private sealed class Victim : IDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private readonly Model<float> _model = new(1, 5, 9);
        private readonly Optimizer<float> _optimizer = new();
        private readonly ulong _digest;

        public Victim()
        {
            _optimizer.Add(new TestTrustRatio(), _model.Parameters);
            _model.Train(_optimizer, 3);
            _optimizer.Save(Path);
            _model.Train(_optimizer, 1);
            _digest = Digest();
        }

        public string Path => _folder["c"];

        public CheckpointFault Refused()
        {
            var exception = Assert.Throws<CheckpointException>(() => _optimizer.Load(Path));
            Assert.NotEmpty(exception.Message);
            Assert.Equal(_digest, Digest());
            return exception.Fault;
        }

        public void Accepted()
        {
            _optimizer.Load(Path);
            Assert.NotEqual(_digest, Digest());
            _model.Train(_optimizer, 1);
            Assert.Equal(_digest, Digest());
        }

        public void Dispose() => _folder.Dispose();

        private ulong Digest()
        {
            var digest = new Digest();
            foreach (var parameter in _model.Parameters)
            {
                digest.Add<float>(parameter.Value.Span);
                digest.Add(_optimizer.State(parameter.Name, "m").Span);
                digest.Add<double>([_optimizer.TensorState(parameter.Name, "s")]);
            }

            digest.Add<long>([_optimizer.StepCount, _optimizer.StepsOf("p0")]);
            return digest.Value;
        }
    }

    private sealed class RawTensor(JsonProperty entry, byte[] data) : SafetensorsTensor(
        entry.Name, [.. entry.Value.GetProperty("shape").EnumerateArray().Select(dimension => dimension.GetInt32())])
    {
        private readonly byte[] _bytes = data[entry.Value.GetProperty("data_offsets")[0].GetInt32()..entry.Value.GetProperty("data_offsets")[1].GetInt32()];

        public override string ElementType => entry.Value.GetProperty("dtype").GetString()!;

        public override int ElementSize => ElementType == "F32" ? 4 : 8;

        public override long ByteLength => _bytes.Length;

        public override void Write(Stream stream, System.Security.Cryptography.IncrementalHash hash)
        {
            hash.AppendData(_bytes);
            stream.Write(_bytes);
        }

        public override void Read(Stream stream) => throw new NotSupportedException();
    }
}
