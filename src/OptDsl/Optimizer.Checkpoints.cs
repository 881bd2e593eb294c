using OptDsl.Checkpoints;

namespace OptDsl;

/// <content>Checkpoints.</content>
public sealed partial class Optimizer<T>
{
    /// <summary>
    /// Writes a checkpoint in the safetensors format: the parameters, their states, averages and slow weights, step counts,
    /// groups, rules and hyper-parameters.
    /// </summary>
    /// <param name="path">The file. One that is there is replaced, at once and only when the new one is complete on disk.</param>
    /// <remarks>
    /// <para>
    /// An optimizer that loads the file goes on bit for bit as this one does, with the same hyper-parameters, on a machine with
    /// the same instructions. While it is written, the file is called like the checkpoint with <c>.partial</c> appended.
    /// </para>
    /// <para>
    /// Other programs find the weights under <c>parameter/{name}</c>, states under <c>state/{name}/{symbol}</c>, those of a group,
    /// counted from 0, under <c>group/{index}/{symbol}</c>, averages under <c>average/{average}/{name}</c>, and the step, the groups
    /// and their rules as JSON under <c>state</c> in the metadata.
    /// </para>
    /// </remarks>
    /// <exception cref="IOException">The file cannot be written; the old file, if any, is untouched.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    /// <exception cref="InvalidOperationException">A step is under way, or an average is in the place of the weights.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Exclusively("saved", () =>
        {
            var state = new SavedState(
                StepCount,
                SkippedSteps,
                PendingAccumulations,
                LossScaler is { } scaler ? new SavedScaler(scaler.Scale, scaler.FiniteSteps) : null,
                Lookahead is not null,
                [.. _averages.Select(average => new SavedAverage(average.Name, average.Updates))],
                [.. _groups.Select(CheckpointFormat.Describe)]);
            AtomicFile.Write(path, stream => CheckpointFormat.Write(stream, state, _groups, _averages));
            return state;
        });
    }

    /// <summary>Goes on where a checkpoint was written: restores parameters, states, averages, step counts and what was frozen.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The step, and which hyper-parameters have other values than they had: those of the rules stay as they are.</returns>
    /// <remarks>
    /// Parameters are recognised by name, rules by their formulas; the division into groups may differ. Per-group states are those of
    /// the group that the parameters were in, and must be the same where it was several. Everything is verified before anything changes.
    /// </remarks>
    /// <exception cref="CheckpointException">
    /// The file is incomplete, damaged, or about other parameters, rules, shapes or elements. Nothing has changed.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read. Nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">A step is under way, or an average is in the place of the weights.</exception>
    public CheckpointInfo Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Exclusively("loaded", () =>
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            var reader = new CheckpointReader<T>(stream);
            var saved = reader.Saved;
            CompareSettings(saved);
            var images = reader.Read(_slots, _averages);
            var states = _groups.ConvertAll(reader.StatesOf);
            var changes = saved.Groups.SelectMany(group => CheckpointFormat.Changes(group, _slots)).ToList();
            TouchMemory();

            foreach (var (image, parameter) in images)
                image.Commit(parameter);
            for (var i = 0; i < states.Count; i++)
                _groups[i].States = states[i];
            foreach (var average in _averages)
            {
                average.Restore(
                    saved.Averages.FirstOrDefault(candidate => candidate.Name == average.Name)?.Updates ?? 0,
                    from pair in images from entry in pair.Image.Averages where entry.Average == average select (pair.Image.Slot, entry.Elements));
            }

            if (saved.Scaler is { } scaler)
                LossScaler!.Restore(scaler.Scale, scaler.FiniteSteps);
            StepCount = saved.Step;
            SkippedSteps = saved.Skipped;
            PendingAccumulations = saved.Pending;
            Replan();
            return new CheckpointInfo(saved.Step, changes);
        });
    }

    /// <summary>
    /// Takes over the states of PyTorch's SGD, Adam or AdamW, for parameters that are not frozen, from a safetensors file.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="names">
    /// The name in PyTorch of each state, by its symbol. Unless given, a rule with one state is taken for SGD with momentum
    /// (<c>momentum_buffer</c>), one with two or three for Adam (<c>exp_avg</c>, <c>exp_avg_sq</c>, <c>max_exp_avg_sq</c>, in
    /// the order of their declaration).
    /// </param>
    /// <param name="step">How many steps have been made, where the file does not tell: PyTorch's SGD does not count.</param>
    /// <remarks>
    /// <para>The tensors are called <c>{parameter}.{state}</c> and <c>{parameter}.step</c>, with the parameter's name in both
    /// programs. A tensor called like the parameter itself is its value. In Python:</para>
    /// <code>
    /// names = {p: name for name, p in model.named_parameters()}
    /// tensors = {f"{names[p]}.{key}": torch.as_tensor(value).contiguous()
    ///            for p, state in optimizer.state.items() for key, value in state.items() if value is not None}
    /// safetensors.torch.save_file(tensors, "optimizer.safetensors")
    /// </code>
    /// </remarks>
    /// <exception cref="CheckpointException">
    /// The file is damaged, or does not have what the rules need, in the right shapes and element type. Nothing has changed.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The step is below 1.</exception>
    /// <exception cref="InvalidOperationException">A step is under way, or an average is in the place of the weights.</exception>
    public void ImportTorchState(string path, IReadOnlyDictionary<string, string>? names = null, long? step = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (step is { } given)
            ArgumentOutOfRangeException.ThrowIfLessThan(given, 1, nameof(step));
        Exclusively("loaded", () =>
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            var import = new TorchImport<T>(stream, SafetensorsHeader.Read(stream));
            var images = _slots.Values.Where(slot => !slot.Frozen).Select(slot => import.Read(slot, names, step)).ToList();
            TouchMemory();
            foreach (var (image, parameter) in images)
                image.Commit(parameter);
            StepCount = images.Select(pair => pair.Saved.Steps).DefaultIfEmpty(StepCount).Max();
            Replan();
            return images;
        });
    }

    private void CompareSettings(SavedState saved)
    {
        if (saved.Averages.FirstOrDefault(average => !_averages.Exists(mine => mine.Name == average.Name)) is { } missing)
            throw Missing($"an average '{missing.Name}'", $"add it with {nameof(AddAverage)}");
        if (saved.Lookahead && Lookahead is null)
            throw Missing("a lookahead", $"set {nameof(Lookahead)}");
        if (saved.Scaler is not null && LossScaler is null)
            throw Missing("a loss scale", $"set {nameof(LossScaler)}");

        static CheckpointException Missing(string what, string how) => new(
            CheckpointFault.MissingSetting, $"The checkpoint has {what}, which the optimizer has not: {how} before loading, and remove it afterwards if it is not wanted.");
    }

    private void TouchMemory()
    {
        foreach (var slot in _slots.Values)
        {
            _ = slot.Parameter.Value.Span;
            _ = slot.Parameter.Gradient.Span;
        }
    }

    private TResult Exclusively<TResult>(string what, Func<TResult> action)
    {
        if (Interlocked.Exchange(ref _stepping, 1) != 0)
            throw new InvalidOperationException($"A step of this optimizer is under way; it can be {what} after it.");
        try
        {
            if (SwappedAverage is { } average)
                throw new InvalidOperationException($"The average '{average.Name}' is in the place of the weights; swap it back before the optimizer is {what}.");
            return action();
        }
        finally
        {
            Volatile.Write(ref _stepping, 0);
        }
    }
}
