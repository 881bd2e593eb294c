namespace OptDsl.Training;

/// <summary>
/// Where the numbers of a training go: named values, step by step. <see cref="CsvLog"/>, <see cref="TensorBoardLog"/> and
/// <see cref="TrainingHistory"/> are logs, and <see cref="Join"/> makes one of several.
/// </summary>
/// <remarks>
/// What is written of a step goes out together, when a later step is written or the log is disposed of. A log is to be used by one thread at a time.
/// </remarks>
public abstract class TrainingLog : IDisposable
{
    private const string LearningRate = "learning_rate";

    private readonly List<(string Name, double Value)> _values = [];
    private long _step;
    private bool _isDisposed;

    /// <summary>A log that writes to several.</summary>
    /// <param name="logs">The logs; disposed of with this one.</param>
    /// <exception cref="ArgumentNullException">A log is null.</exception>
    public static TrainingLog Join(params IEnumerable<TrainingLog> logs) => new JoinedLog(logs);

    /// <summary>Writes a value.</summary>
    /// <param name="step">The step, not before the last one that was written.</param>
    /// <param name="name">What the value is: a line of text. What stands before a <c>/</c> is a section in TensorBoard.</param>
    /// <param name="value">The value; a second one of the same name and step replaces the first.</param>
    /// <exception cref="ArgumentException">The name is empty or has several lines.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The step lies before the last one.</exception>
    /// <exception cref="ObjectDisposedException">The log has been disposed of.</exception>
    public void Write(long step, string name, double value)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.AsSpan().ContainsAny('\r', '\n'))
            throw new ArgumentException($"The name '{name}' has several lines.", nameof(name));
        if (step < _step)
            throw new ArgumentOutOfRangeException(nameof(step), step, $"The log has come to step {_step}: steps are written in their order.");
        if (step > _step)
            Complete();
        _step = step;
        var index = _values.FindIndex(other => other.Name == name);
        if (index < 0)
            _values.Add((name, value));
        else
            _values[index] = (name, value);
    }

    /// <summary>Writes values of a step: <c>log.Write(step, ("loss", loss), ("accuracy", accuracy))</c>.</summary>
    /// <param name="step">The step, not before the last one that was written.</param>
    /// <param name="values">Their names and the values.</param>
    /// <inheritdoc cref="Write(long, string, double)" path="/exception"/>
    public void Write(long step, params (string Name, double Value)[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var (name, value) in values)
            Write(step, name, value);
    }

    /// <summary>
    /// Writes values of the last step of an optimizer: <c>log.Write(optimizer, ("loss", loss))</c>. Where it measures its steps
    /// (<see cref="Optimizer{T}.MeasuresSteps"/>) also <c>learning_rate</c>, <c>gradient_norm</c>, <c>update_norm</c>, <c>weight_norm</c>,
    /// <c>update_ratio</c> and <c>step_ms</c>, and where it has several groups those of each, <c>gradient_norm/GROUP</c>.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="optimizer">The optimizer; a step that was skipped or accumulated leaves nothing to measure.</param>
    /// <param name="values">Others to write with them.</param>
    /// <inheritdoc cref="Write(long, string, double)" path="/exception"/>
    public void Write<T>(Optimizer<T> optimizer, params (string Name, double Value)[] values)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        var step = optimizer.StepCount;
        Write(step, values);
        if (optimizer.LastStep is not { } last || last.Step != step)
            return;
        if (optimizer.Groups.Count == 1)
            WriteUnlessNaN(step, LearningRate, optimizer.Groups[0].LastStep?.LearningRate ?? double.NaN);
        Write(last);
        if (optimizer.Groups.Count == 1)
            return;
        foreach (var group in optimizer.Groups)
        {
            if (group.LastStep is { } ofGroup && ofGroup.Step == step)
                Write(ofGroup, group.Name ?? (group.Parameters.Count > 0 ? group.Parameters[0].Name : ""));
        }
    }

    /// <summary>Writes what was measured of a step.</summary>
    /// <param name="record">The measurements; one that is NaN is left out.</param>
    /// <inheritdoc cref="Write(long, string, double)" path="/exception"/>
    public void Write(StepRecord record)
    {
        WriteNorms(record.Step, "", record.GradientNorm, record.UpdateNorm, record.WeightNorm, record.UpdateRatio);
        Write(record.Step, "step_ms", record.Duration.TotalMilliseconds);
    }

    /// <summary>Writes what was measured of a group in a step.</summary>
    /// <param name="record">The measurements; one that is NaN is left out.</param>
    /// <param name="group">What the group is called; null for the only one, whose norms are those of the step.</param>
    /// <inheritdoc cref="Write(long, string, double)" path="/exception"/>
    public void Write(GroupRecord record, string? group = null)
    {
        var suffix = group is null ? "" : "/" + group;
        WriteUnlessNaN(record.Step, LearningRate + suffix, record.LearningRate);
        WriteNorms(record.Step, suffix, record.GradientNorm, record.UpdateNorm, record.WeightNorm, record.UpdateRatio);
    }

    /// <summary>Writes what is left, and closes what the log has open.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes the values of a step, which are all that there is of it.</summary>
    /// <param name="step">The step.</param>
    /// <param name="values">Names, each once, and values in the order in which they were first written.</param>
    protected abstract void WriteStep(long step, IReadOnlyList<(string Name, double Value)> values);

    /// <summary>Hands on what has been written of the last step.</summary>
    protected void Complete()
    {
        if (_values.Count == 0)
            return;
        WriteStep(_step, [.. _values]);
        _values.Clear();
    }

    /// <summary>Writes what is left; a log that has something open closes it afterwards.</summary>
    /// <param name="disposing">True.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (_isDisposed)
            return;
        Complete();
        _isDisposed = true;
    }

    private void WriteNorms(long step, string suffix, double gradient, double update, double weight, double ratio)
    {
        WriteUnlessNaN(step, "gradient_norm" + suffix, gradient);
        WriteUnlessNaN(step, "update_norm" + suffix, update);
        WriteUnlessNaN(step, "weight_norm" + suffix, weight);
        WriteUnlessNaN(step, "update_ratio" + suffix, ratio);
    }

    private void WriteUnlessNaN(long step, string name, double value)
    {
        if (!double.IsNaN(value))
            Write(step, name, value);
    }

    private sealed class JoinedLog : TrainingLog
    {
        private readonly TrainingLog[] _logs;

        public JoinedLog(IEnumerable<TrainingLog> logs)
        {
            ArgumentNullException.ThrowIfNull(logs);
            _logs = [.. logs];
            foreach (var log in _logs)
                ArgumentNullException.ThrowIfNull(log, nameof(logs));
        }

        protected override void WriteStep(long step, IReadOnlyList<(string Name, double Value)> values)
        {
            foreach (var log in _logs)
            {
                foreach (var (name, value) in values)
                    log.Write(step, name, value);
            }
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            foreach (var log in _logs)
                log.Dispose();
        }
    }
}
