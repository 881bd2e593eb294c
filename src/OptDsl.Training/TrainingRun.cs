using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace OptDsl.Training;

/// <summary>One run in a <see cref="TrainingProgress"/>: epoch, loss, accuracy, examples a second and the time that is left.</summary>
/// <remarks>To be used by one thread at a time; the display may read it meanwhile.</remarks>
public sealed class TrainingRun
{
    private readonly string _title;
    private readonly int _epochs;
    private readonly int _epochSize;
    private readonly ProgressTask? _bar;
    private readonly Stopwatch _clock = new();
    private int _epoch;
    private long _examples;

    internal TrainingRun(string title, int epochs, int epochSize, ProgressTask? bar) =>
        (_title, _epochs, _epochSize, _bar) = (title, epochs, epochSize, bar);

    /// <summary>The line beside the bar. Read by the thread that draws.</summary>
    internal string Status { get; private set; } = "waits";

    /// <summary>Runs one epoch.</summary>
    /// <typeparam name="TBatch">What a batch is.</typeparam>
    /// <param name="batches">Its batches.</param>
    /// <param name="train">Trains on a batch, and gives the score on it, with the number of its examples.</param>
    /// <returns>The score over the whole epoch, while the weights were moving.</returns>
    public Score RunEpoch<TBatch>(IEnumerable<TBatch> batches, Func<TBatch, Score> train)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(train);
        _epoch++;
        _clock.Start();
        var score = default(Score);
        foreach (var batch in batches)
        {
            var ofBatch = train(batch);
            score += ofBatch;
            _examples += ofBatch.Count;
            Show(score);
        }

        // What did not fill a batch is done too.
        _examples = (long)_epoch * _epochSize;
        _clock.Stop();
        Show(score);
        if (_bar is null)
            Print(score);
        return score;
    }

    private void Show(Score score)
    {
        if (_bar is null)
            return;
        var perSecond = _examples / Math.Max(1e-9, _clock.Elapsed.TotalSeconds);
        var left = TimeSpan.FromSeconds(((long)_epochs * _epochSize - _examples) / perSecond);
        var time = left > TimeSpan.Zero ? $@"{left:m\:ss} left" : $@"took {_clock.Elapsed:m\:ss}";
        var accuracy = score.Correct is null ? "" : string.Create(CultureInfo.InvariantCulture, $"accuracy {100 * score.Accuracy:0.0} %  ");
        Status = string.Create(CultureInfo.InvariantCulture, $"epoch {_epoch}/{_epochs}  loss {score.Loss:0.000}  {accuracy}{perSecond:N0}/s  {time}");
        _bar.Value = _examples;
    }

    private void Print(Score score)
    {
        if (_epoch % Math.Max(1, _epochs / 4) == 0 || _epoch == _epochs)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_title}: epoch {_epoch} of {_epochs}, {score}"));
        if (_epoch == _epochs)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_title}: {_examples:N0} examples in {_clock.Elapsed.TotalSeconds:0.0} s, {_examples / _clock.Elapsed.TotalSeconds:N0} examples/s"));
    }
}
