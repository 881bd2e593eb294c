using Spectre.Console;
using Spectre.Console.Rendering;

namespace OptDsl.Training;

/// <summary>Shows training runs while they go, a line each; plain lines where the output goes to a file.</summary>
public sealed class TrainingProgress
{
    private readonly ProgressContext? _live;
    private readonly Dictionary<int, TrainingRun> _runs = [];

    private TrainingProgress(ProgressContext? live) => _live = live;

    /// <summary>Shows the runs that an action adds, until it ends. Where the output is no console, a run prints at most five lines.</summary>
    /// <param name="train">The training: it adds runs and runs their epochs.</param>
    public static void Show(Action<TrainingProgress> train)
    {
        ArgumentNullException.ThrowIfNull(train);
        if (Console.IsOutputRedirected)
        {
            train(new TrainingProgress(live: null));
            return;
        }

        TrainingProgress? shown = null;
        AnsiConsole.Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn { Width = 10 },
                new StatusColumn(id => shown?._runs.GetValueOrDefault(id)?.Status ?? ""))
            .Start(context => train(shown = new TrainingProgress(context)));
    }

    /// <summary>Adds a run, which waits until its first batch.</summary>
    /// <param name="title">Its name.</param>
    /// <param name="epochs">The number of epochs.</param>
    /// <param name="epochSize">The number of examples in an epoch.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no epoch, or nothing in it.</exception>
    public TrainingRun Add(string title, int epochs, int epochSize)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(epochSize, 1);
        var bar = _live?.AddTask(Markup.Escape(title), autoStart: true, maxValue: (double)epochs * epochSize);
        var run = new TrainingRun(title, epochs, epochSize, bar);
        if (bar is not null)
            _runs.Add(bar.Id, run);
        return run;
    }

    /// <summary>What a run says of itself, beside its bar.</summary>
    private sealed class StatusColumn(Func<int, string> statusOf) : ProgressColumn
    {
        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(statusOf(task.Id));
    }
}
