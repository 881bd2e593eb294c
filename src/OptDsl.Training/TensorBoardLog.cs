using System.Globalization;
using OptDsl.Training.TensorBoard;

namespace OptDsl.Training;

/// <summary>A log as a file of events, which TensorBoard shows: <c>tensorboard --logdir runs</c>. Each name is a curve.</summary>
/// <remarks>
/// TensorBoard keeps values as floats. Of the libraries for .NET, TorchSharp writes such files too, but only together with libtorch.
/// </remarks>
public sealed class TensorBoardLog : TrainingLog
{
    private static int s_count;
    private readonly EventFile _file;

    /// <summary>Begins a file of events.</summary>
    /// <param name="folder">The folder of the run, <c>runs/first</c>: made where it is missing. TensorBoard shows the files of a folder as one run.</param>
    /// <param name="after">
    /// The step after which the log goes on, <c>optimizer.StepCount</c>: TensorBoard forgets what other files of the folder say of later steps. 0, the
    /// default, leaves them alone: give a new training a folder of its own.
    /// </param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public TensorBoardLog(string folder, long after = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Directory.CreateDirectory(folder);
        FilePath = Path.GetFullPath(Path.Combine(folder, string.Create(
            CultureInfo.InvariantCulture,
            $"events.out.tfevents.{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}.{Environment.MachineName}.{Environment.ProcessId}.{Interlocked.Increment(ref s_count)}")));
        _file = new EventFile(FilePath);
        _file.Write(EventMessage.Version(Now));
        if (after > 0)
            _file.Write(EventMessage.Restart(Now, after + 1));
    }

    /// <summary>The file.</summary>
    public string FilePath { get; }

    private static double Now => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;

    /// <inheritdoc/>
    protected override void WriteStep(long step, IReadOnlyList<(string Name, double Value)> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        _file.Write(EventMessage.Values(Now, step, values));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _file.Dispose();
    }
}
