using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OptDsl.Package.Tests;

/// <summary>
/// The guide's table of what users of torch.optim, Keras and TorchSharp look for: each answer is code, which compiles against the packages and, but for what needs libtorch
/// or a file of others, runs; or a package's page; or a reason.
/// </summary>
public sealed partial class ExpectationTests(PackedLibrary library) : IClassFixture<PackedLibrary>
{
    private const string Reason = "not here, because";

    private static readonly List<Answer> s_answers = [.. Read()];

    [Fact]
    public void Each_row_has_code_a_page_or_a_reason()
    {
        Assert.True(s_answers.Count >= 90, $"{s_answers.Count} rows were found.");
        Assert.All(s_answers, answer => Assert.True(answer.Code.Count > 0 || answer.Text.StartsWith(Reason, StringComparison.Ordinal) || answer.Text.StartsWith('['), answer.Text));
    }

    /// <summary>What <c>torch.optim</c>, its schedulers and Keras' optimizers have, by their own names: no row may go.</summary>
    [Theory]
    [InlineData("step(closure) zero_grad add_param_group param_groups state_dict load_state_dict state[p] register_step_pre_hook register_step_post_hook")]
    [InlineData("lr= betas eps weight_decay amsgrad momentum dampening nesterov centered alpha maximize foreach fused capturable differentiable set_to_none SparseAdam LBFGS")]
    [InlineData("StepLR MultiStepLR ConstantLR LinearLR ExponentialLR PolynomialLR CosineAnnealingLR CosineAnnealingWarmRestarts CyclicLR OneCycleLR LambdaLR MultiplicativeLR SequentialLR ChainedScheduler ReduceLROnPlateau SWALR get_last_lr")]
    [InlineData("clip_grad_norm_ clip_grad_value_ GradScaler AveragedModel update_bn SummaryWriter ZeroRedundancyOptimizer")]
    [InlineData("clipnorm global_clipnorm clipvalue use_ema ema_momentum ema_overwrite_frequency loss_scale_factor gradient_accumulation_steps exclude_from_weight_decay jit_compile learning_rate beta_1 beta_2 epsilon rho apply_gradients")]
    [InlineData("EarlyStopping TerminateOnNaN ModelCheckpoint TensorBoard CSVLogger History ProgbarLogger LearningRateScheduler BackupAndRestore LambdaCallback SwapEMAWeights")]
    [InlineData("PiecewiseConstantDecay PolynomialDecay ExponentialDecay InverseTimeDecay CosineDecay CosineDecayRestarts")]
    public void What_they_look_for_is_in_the_table(string names)
    {
        var asked = string.Join('\n', s_answers.Select(answer => answer.Question));
        Assert.All(names.Split(' '), name => Assert.Contains(name, asked, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_piece_of_code_compiles_and_runs()
    {
        var project = await library.CreateConsumerAsync(
            Program(s_answers.Where(answer => !answer.IsOfTorchSharp)), $"""<PackageReference Include="OptDsl.Training" Version="{PackedLibrary.Version}" />""", PackedLibrary.Metadata("PackagesFolder"));
        (await project.BuildAsync()).Succeeded();
        var failed = (await project.RunAsync()).Succeeded().Split('\n').Where(line => line.StartsWith("FAILED", StringComparison.Ordinal));
        Assert.Empty(failed);
    }

    [Fact]
    public async Task Each_piece_of_code_in_front_of_TorchSharp_compiles()
    {
        var project = await library.CreateConsumerAsync(
            TorchProgram(s_answers.Where(answer => answer.IsOfTorchSharp)), $"""<PackageReference Include="OptDsl.Torch" Version="{PackedLibrary.Version}" />""", PackedLibrary.Metadata("PackagesFolder"));
        (await project.BuildAsync()).Succeeded();
    }

    private static IEnumerable<Answer> Read()
    {
        var guide = Path.Combine(Path.GetDirectoryName(PackedLibrary.Metadata("Packages"))!, "GUIDE.md");
        var lines = File.ReadAllLines(guide).SkipWhile(line => line != "## What you may be looking for").ToList();
        var section = "";
        foreach (var line in lines)
        {
            if (line.StartsWith("### ", StringComparison.Ordinal))
                section = line[4..];
            if (!line.StartsWith("| ", StringComparison.Ordinal) || line.EndsWith("| here |", StringComparison.Ordinal))
                continue;
            var cells = line.Trim('|', ' ').Split(" | ");
            var isReason = cells[^1].StartsWith(Reason, StringComparison.Ordinal);
            yield return new Answer(
                section.Contains("TorchSharp", StringComparison.Ordinal), string.Join(' ', cells[..^1]), cells[^1],
                [.. CodeSpan().Matches(cells[^1]).Select(match => match.Groups[1].Value).Where(code => !isReason || code.Contains('(', StringComparison.Ordinal))]);
        }
    }

    private static string Program(IEnumerable<Answer> answers)
    {
        var (calls, declarations) = (new StringBuilder(), new StringBuilder());
        foreach (var code in answers.SelectMany(answer => answer.Code).Where(code => code != "Step()" && !IsName(code)))
        {
            if (code.StartsWith("[UpdateRule", StringComparison.Ordinal))
                declarations.AppendLine(CultureInfo.InvariantCulture, $"{code} internal sealed partial class Rule{declarations.Length} {{ [Hyper(\"η\")] public double LearningRate {{ get; set; }} = 0.1; }}");
            else if (code.StartsWith('['))
                declarations.AppendLine(CultureInfo.InvariantCulture, $"{code} internal sealed partial class Schedule{declarations.Length};");
            else
                calls.AppendLine(CultureInfo.InvariantCulture, $"Run(\"{Encode(code)}\", !{(code.Contains("ImportTorch", StringComparison.Ordinal) ? "true" : "false")}, context => {{ {Context} {(code.StartsWith("average.", StringComparison.Ordinal) ? "optimizer.Step(); " : "")}{Statement(code)} }});");
        }

        return $$"""
            #pragma warning disable CS0219, CS0168, CS8321, CS8618
            using OptDsl;
            using OptDsl.Checkpoints;
            using OptDsl.Rules;
            using OptDsl.Schedules;
            using OptDsl.Training;

            {{calls}}
            static void Run(string name, bool runs, Action<Context> action)
            {
                try
                {
                    var context = new Context();
                    if (runs)
                        action(context);
                }
                catch (Exception exception)
                {
                    Console.WriteLine($"FAILED {name}: {exception.Message}");
                }
            }

            internal sealed class Context
            {
                public Context()
                {
                    Parameters = [New("body.weight"), New("body.bias")];
                    Optimizer = new Optimizer<float> { MeasuresSteps = true };
                    Group = Optimizer.Add(Rule, Parameters);
                    if (!File.Exists("training.safetensors"))
                        Optimizer.Save("training.safetensors");
                    Average = Optimizer.AddAverage(Averaging.Equal(), "spare");
                    History.Write(0, ("loss", 1), ("other", 2));
                }

                public Optimizer<float> Optimizer { get; }
                public ParameterGroup<float> Group { get; }
                public AdamW Rule { get; } = new();
                public Parameter<float>[] Parameters { get; }
                public WeightAverage<float> Average { get; }
                public TrainingHistory History { get; } = new();

                public static Parameter<float> New(string name) => name.EndsWith("bias", StringComparison.Ordinal) ? new(name, new float[4], new float[4]) : new(name, new float[16], new float[16], 4, 4);
            }

            {{declarations}}
            """;
    }

    private const string Context =
        "var (optimizer, group, rule, parameters, average, history, log) = (context.Optimizer, context.Group, context.Rule, context.Parameters, context.Average, context.History, (TrainingLog)context.History); "
        + "var parameter = parameters[0]; var loss = 1.0; int[] rows = [1, 2]; var gradient = new float[8]; var ones = Enumerable.Repeat(1f, 16).ToArray(); "
        + "Parameter<float>[] body = [Context.New(\"new.weight\")], head = [Context.New(\"head.weight\")]; Schedule first = 0.1, second = 0.5; "
        + "Func<double> backward = () => 1.0; var plateau = new ReduceOnPlateau(); var stopping = new EarlyStopping();";

    private static string TorchProgram(IEnumerable<Answer> answers)
    {
        var calls = string.Join('\n', answers.SelectMany(answer => answer.Code).Where(code => !IsName(code)).Select(code => $"{{ {Statement(code)} }}"));
        return $$"""
            using OptDsl.Rules;
            using OptDsl.Torch;
            using TorchSharp;

            var (model, others, input) = (torch.nn.Linear(4, 2), torch.nn.Linear(4, 2), torch.randn(8, 4));
            var tuner = model.Optimize(lr: 1e-3, rate => new AdamW { LearningRate = rate });
            var (warmUp, cosine, loss) = (torch.optim.lr_scheduler.LinearLR(tuner), torch.optim.lr_scheduler.CosineAnnealingLR(tuner, 10), 1.0);
            {{calls}}
            """;
    }

    /// <summary>True for what a sentence only names: a type, or a member with no object before it.</summary>
    private static bool IsName(string code) => Name().IsMatch(code);

    private static string Statement(string code) => MemberPath().IsMatch(code) ? $"_ = {code};" : $"{code};";

    private static string Encode(string code) => code.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private sealed record Answer(bool IsOfTorchSharp, string Question, string Text, IReadOnlyList<string> Code);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex("^([A-Z]\\w*|plateau)$")]
    private static partial Regex Name();

    [GeneratedRegex("^(\\w+(\\.\\w+)+|\\w+(\\.\\w+)*\\[.*\\]|NonFinitePolicy\\.\\w+)$")]
    private static partial Regex MemberPath();
}
