using Spectre.Console;

namespace OptDsl.Samples.Learning;

/// <summary>A progress bar with loss and accuracy beside it; plain lines where the output goes to a file.</summary>
public static class TrainingProgress
{
    /// <summary>Runs epochs and shows each.</summary>
    /// <param name="title">What is being done.</param>
    /// <param name="epochs">How many.</param>
    /// <param name="runEpoch">Runs one epoch, from 1.</param>
    /// <returns>The score of each epoch.</returns>
    public static IReadOnlyList<Score> Run(string title, int epochs, Func<int, Score> runEpoch)
    {
        ArgumentNullException.ThrowIfNull(runEpoch);
        var scores = new List<Score>(epochs);
        if (Console.IsOutputRedirected)
        {
            for (var epoch = 1; epoch <= epochs; epoch++)
            {
                scores.Add(runEpoch(epoch));
                if (epoch % Math.Max(1, epochs / 4) == 0 || epoch == epochs)
                    Console.WriteLine($"{title}: epoch {epoch} of {epochs}, {scores[^1]}");
            }

            return scores;
        }

        AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(context =>
            {
                var task = context.AddTask(Markup.Escape(title), maxValue: epochs);
                for (var epoch = 1; epoch <= epochs; epoch++)
                {
                    scores.Add(runEpoch(epoch));
                    task.Description = Markup.Escape($"{title}: {scores[^1]}");
                    task.Increment(1);
                }
            });
        return scores;
    }
}
