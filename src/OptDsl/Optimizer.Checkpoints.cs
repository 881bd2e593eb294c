using System.Globalization;
using OptDsl.Checkpoints;
using OptDsl.Execution;

namespace OptDsl;

/// <content>Checkpoints.</content>
public partial class Optimizer<T>
{
    /// <summary>
    /// Writes a checkpoint in the safetensors format: the parameters, their states, averages and slow weights, step counts,
    /// groups, rules and hyper-parameters.
    /// </summary>
    /// <param name="path">The file. One that is there is replaced, at once and only when the new one is complete on disk.</param>
    /// <remarks>
    /// <para>
    /// An optimizer that loads the file goes on bit for bit as this one does, with the same hyper-parameters, on a machine with
    /// the same instructions. While it is written, the new file lies in the same folder, under a name of its own that ends with
    /// <c>.partial</c>; a crash may leave it there, until the same checkpoint is saved again. Several may save the same file at
    /// the same time: one of them is there in the end, complete. A link stays one, and a file that is replaced keeps its mode.
    /// </para>
    /// <para>
    /// Other programs find the weights under <c>parameter/{name}</c>, states under <c>state/{name}/{symbol}</c>, those of a group,
    /// counted from 0, under <c>group/{index}/{symbol}</c>, averages under <c>average/{average}/{name}</c>, and the step, the groups
    /// and their rules as JSON under <c>state</c> in the metadata.
    /// </para>
    /// </remarks>
    /// <exception cref="IOException">The file cannot be written; the old file, if any, is untouched.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    /// <exception cref="InvalidOperationException">
    /// A step is under way, or half accumulated with gradients of rows, or an average is in the place of the weights.
    /// </exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Exclusively("saved", () =>
        {
            ShareOut(nameof(Save));
            if (PendingAccumulations > 0 && _slots.Values.FirstOrDefault(slot => slot.TakesPart && slot.Parameter.HasRowGradient) is { } ofRows)
                throw new InvalidOperationException($"Parameter '{ofRows.Parameter.Name}' has a gradient of some rows, which a checkpoint does not hold: save after the step that it belongs to.");
            var state = new SavedState(
                StepCount,
                SkippedSteps,
                PendingAccumulations,
                LossScaler is { } scaler ? new SavedScaler(scaler.Scale, scaler.FiniteSteps) : null,
                Lookahead is not null,
                [.. Settings],
                [.. _averages.Select(average => new SavedAverage(average.Name, average.Updates))],
                [.. _groups.Select(group => CheckpointFormat.Describe(group, Math.Max(1, StepCount)))]);
            var layout = CheckpointFormat.Layout(state, _groups, _averages, CombinePendingGradients());
            if (_peers is null)
                AtomicFile.Write(path, layout.Write);
            else
                SharedFile.Write(path, layout, nameof(Save), _peers);
            return state;
        });
    }

    /// <summary>Goes on where a checkpoint was written: restores parameters, states, averages, step counts and what was frozen.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What is loaded, and what happens where it does not fit: everything, and an exception, unless given.</param>
    /// <returns>The step, and what is different from when the file was written: the rules and the optimizer keep the settings that they have.</returns>
    /// <remarks>
    /// <para>
    /// Parameters are recognised by name, rules by their formulas; the division into groups may differ. Per-group states are those of
    /// the group that the parameters were in, and must be the same where it was several. Everything is verified before anything changes.
    /// </para>
    /// <para>
    /// A checkpoint may be in the middle of a step that accumulates gradients: it holds what has been added up, and the step goes on
    /// where <see cref="AccumulationSteps"/> is still to be reached. What this optimizer had added up before is gone.
    /// </para>
    /// </remarks>
    /// <exception cref="CheckpointException">
    /// The file is incomplete, damaged, or about other parameters, rules, shapes or elements, or as many gradients have been added
    /// up in it as make a step now. Nothing has changed.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read. Nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">A step is under way, or an average is in the place of the weights.</exception>
    public CheckpointInfo Load(string path, CheckpointOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new CheckpointOptions();
        return Exclusively("loaded", () =>
        {
            ShareOut(nameof(Load));
            var (_, commit) = Together(
                nameof(Load),
                () =>
                {
                    using var stream = OpenToRead(path);
                    var reader = new CheckpointReader<T>(stream, options);
                    return (Digest: DigestOf<char>(reader.ChecksumText), Commit: options.Parts.HasFlag(CheckpointParts.States) ? ReadStates(reader, options) : ReadWeights(reader));
                },
                read => new Terms(read.Digest, () => [new("the file", $"one with the digest {read.Digest:x16}")]));
            var info = commit();
            _agreedParameters = _slots.Count;
            return info;
        });
    }

    /// <summary>Reads weights into new memory.</summary>
    /// <returns>What puts them in the place of the old ones; cannot fail.</returns>
    private Func<CheckpointInfo> ReadWeights(CheckpointReader<T> reader)
    {
        var images = reader.Read(_slots, _averages, withGradients: false);
        TouchMemory();
        return () => CommitWeights(reader, images);
    }

    private CheckpointInfo CommitWeights(CheckpointReader<T> reader, List<(SlotImage<T> Image, SavedParameter Saved)> images)
    {
        foreach (var (image, parameter) in images)
            image.Commit(parameter);
        ForgetPendingGradients();
        Replan();
        return new CheckpointInfo(reader.Saved.Step) { LeftOut = reader.LeftOut };
    }

    /// <summary>Reads everything into new memory.</summary>
    /// <returns>What puts it in the place of the old; cannot fail.</returns>
    private Func<CheckpointInfo> ReadStates(CheckpointReader<T> reader, CheckpointOptions options)
    {
        var saved = reader.Saved;
        foreach (var mismatch in MissingSettings(saved))
            reader.LeaveOut(mismatch);
        var continues = saved.Pending > 0 && saved.Pending < AccumulationSteps;
        var images = reader.Read(_slots, _averages, withGradients: continues);
        var states = _groups.ConvertAll(reader.StatesOf);
        TouchMemory();
        return Commit;

        CheckpointInfo Commit()
        {
            CheckpointComparison.RestoreSchedules(saved, _slots);
            var hypers = CheckpointComparison.Hypers(saved, _slots).ToList();
            var settings = CheckpointComparison.Settings(saved, Settings, _slots).ToList();
            ForgetPendingGradients();
            foreach (var (image, parameter) in images)
            {
                image.Commit(parameter);
                if (continues && image.Gradient is null && !image.OnlyValue)
                    image.Slot.Parameter.Gradient.Span.Clear();
            }

            for (var i = 0; i < states.Count; i++)
                _groups[i].States = states[i] ?? _groups[i].States;
            foreach (var average in _averages)
            {
                average.Restore(
                    saved.Averages.FirstOrDefault(candidate => candidate.Name == average.Name)?.Updates ?? 0,
                    from pair in images from entry in pair.Image.Averages where entry.Average == average select (pair.Image.Slot, entry.Elements));
            }

            if (saved.Scaler is { } scaler)
                LossScaler?.Restore(scaler.Scale, scaler.FiniteSteps);
            StepCount = saved.Step;
            SkippedSteps = saved.Skipped;
            PendingAccumulations = continues ? saved.Pending : 0;
            Replan();
            return new CheckpointInfo(saved.Step)
            {
                HyperChanges = hypers.ConvertAll(hyper => options.RestoresHypers ? Restored(hyper.Change, hyper.Rule, hyper.Index) : hyper.Change),
                SettingChanges = settings.ConvertAll(setting =>
                    options.RestoresHypers && setting.Group is { } group && group.Restore(setting.Change) ? setting.Change with { IsRestored = true } : setting.Change),
                LeftOut = reader.LeftOut,
            };
        }
    }

    private static HyperChange Restored(HyperChange change, IUpdateRule rule, int index)
    {
        if (change.SavedSchedule is not null)
            return change;
        try
        {
            rule.SetHyper(index, change.Saved);
            return change with { IsRestored = true };
        }
        catch (Exception exception) when (exception is NotSupportedException or ArgumentException)
        {
            // The property is for the making of the rule alone, or refuses the value; the report tells.
            return change;
        }
    }

    /// <summary>
    /// Takes over the states of PyTorch's optimizers, for parameters that are not frozen, from a safetensors file.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="names">
    /// The name in PyTorch of a state, by its symbol. Unless given, it is the one in brackets at the end of what the state means:
    /// <c>[State("m", Meaning = "first moment (exp_avg)")]</c>, as all ready-made rules have it that PyTorch has too.
    /// </param>
    /// <param name="step">How many steps have been made, where the file does not tell: PyTorch's SGD does not count.</param>
    /// <returns>The step, and which tensors of the file were not read.</returns>
    /// <remarks>
    /// <para>The tensors are called <c>{parameter}.{state}</c> and <c>{parameter}.step</c>, with the parameter's name in both
    /// programs. A tensor called like the parameter itself is its value. In Python:</para>
    /// <code>
    /// names = {p: name for name, p in model.named_parameters()}
    /// tensors = {f"{names[p]}.{key}": torch.as_tensor(value).contiguous()
    ///            for p, state in optimizer.state.items() for key, value in state.items() if value is not None}
    /// safetensors.torch.save_file(tensors, "optimizer.safetensors")
    /// </code>
    /// <para>What a rule keeps of a group, such as Prodigy's estimate, is in the file with each of the group's parameters:</para>
    /// <code>
    /// tensors |= {f"{names[p]}.{key}": torch.as_tensor(group[key])
    ///             for group in optimizer.param_groups for p in group["params"] for key in ("d", "d_max", "d_numerator")}
    /// </code>
    /// </remarks>
    /// <exception cref="CheckpointException">
    /// The file is damaged, or does not have what the rules need, in the right shapes and element type, or holds numbers that are not
    /// finite, or negative second moments. Nothing has changed.
    /// </exception>
    /// <exception cref="ArgumentException">No rule has a state that <paramref name="names"/> names. Nothing has changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The step is below 1.</exception>
    /// <exception cref="InvalidOperationException">A step is under way, or an average is in the place of the weights.</exception>
    public TorchImportInfo ImportTorchState(string path, IReadOnlyDictionary<string, string>? names = null, long? step = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (step is { } given)
            ArgumentOutOfRangeException.ThrowIfLessThan(given, 1, nameof(step));
        return Exclusively("loaded", () =>
        {
            ShareOut(nameof(ImportTorchState));
            var (images, ofGroups, ignored) = Together(nameof(ImportTorchState), () =>
            {
                using var stream = OpenToRead(path);
                var file = new TorchFile<T>(stream, SafetensorsHeader.Read(stream), _slots.Keys);
                var import = new TorchImport<T>(file, names, step);
                var read = _slots.Values.Where(slot => !slot.Frozen).Select(import.Read).ToList();
                var readGroups = _groups.ConvertAll(import.ReadGroup);
                if (import.UnknownSymbols.FirstOrDefault() is { } unknown)
                    throw new ArgumentException($"No rule of these parameters has a state '{unknown}'.", nameof(names));
                TouchMemory();
                return (read, readGroups, (string[])[.. file.Unused]);
            });
            ForgetPendingGradients();
            foreach (var (image, parameter) in images)
                image.Commit(parameter);
            for (var i = 0; i < ofGroups.Count; i++)
                _groups[i].States = ofGroups[i] ?? _groups[i].States;
            StepCount = images.Select(pair => pair.Saved.Steps).DefaultIfEmpty(StepCount).Max();
            Replan();
            return new TorchImportInfo(StepCount, ignored);
        });
    }

    /// <summary>Keeps all that steps change.</summary>
    internal OptimizerSnapshot<T> TakeSnapshot() => Exclusively("copied", () =>
    {
        var shares = _shares;
        var (step, skipped, pending, scale, finiteSteps) = (StepCount, SkippedSteps, PendingAccumulations, LossScaler?.Scale, LossScaler?.FiniteSteps);
        return new OptimizerSnapshot<T>(_slots.Values, _groups, _averages, pending > 0, () =>
        {
            (StepCount, SkippedSteps, PendingAccumulations, _shares) = (step, skipped, pending, shares);
            if (scale is { } oldScale)
                LossScaler?.Restore(oldScale, finiteSteps!.Value);
            Replan();
        });
    });

    /// <summary>What a checkpoint continues that the optimizer has not.</summary>
    private IEnumerable<CheckpointException> MissingSettings(SavedState saved)
    {
        foreach (var missing in saved.Averages.Where(average => !_averages.Exists(mine => mine.Name == average.Name)))
            yield return Missing($"an average '{missing.Name}'", $"add it with {nameof(AddAverage)}");
        if (saved.Lookahead && Lookahead is null)
            yield return Missing("a lookahead", $"set {nameof(Lookahead)}");
        if (saved.Scaler is not null && LossScaler is null)
            yield return Missing("a loss scale", $"set {nameof(LossScaler)}");
        if (saved.Pending >= AccumulationSteps)
        {
            yield return new CheckpointException(
                CheckpointFault.MissingSetting,
                $"The checkpoint has added up the gradients of {saved.Pending} parts of a step, and a step has {AccumulationSteps} now: set {nameof(AccumulationSteps)} to more than {saved.Pending} before loading.");
        }

        static CheckpointException Missing(string what, string how) => new(
            CheckpointFault.MissingSetting, $"The checkpoint has {what}, which the optimizer has not: {how} before loading, and remove it afterwards if it is not wanted.");
    }

    /// <summary>The settings that differ from those of another optimizer where steps to come will differ.</summary>
    private IEnumerable<SavedSetting> Settings =>
    [
        new(nameof(AccumulationSteps), AccumulationSteps.ToString(CultureInfo.InvariantCulture)),
        new(nameof(GradientScale), GradientScale.ToString(CultureInfo.InvariantCulture)),
        new(nameof(Clipping), Clipping.ToString()),
        new(nameof(ZeroGradients), ZeroGradients.ToString()),
        new(nameof(NonFiniteGradients), NonFiniteGradients.ToString()),
        new(nameof(SchedulesFollow), SchedulesFollow.ToString()),
        new(nameof(LossScaler), LossScaler?.Settings ?? SavedSetting.None),
        new(nameof(Lookahead), Lookahead?.ToString() ?? SavedSetting.None),
        .. RoundingSeed == 0 ? Array.Empty<SavedSetting>() : [new SavedSetting(nameof(RoundingSeed), RoundingSeed.ToString(CultureInfo.InvariantCulture))],
        .. _averages.Select(average => new SavedSetting($"Average '{average.Name}'", average.Averaging.ToString())),
    ];

    /// <summary>Begins a step that accumulates gradients anew: what was added up belongs to other weights.</summary>
    private void ForgetPendingGradients()
    {
        if (PendingAccumulations == 0)
            return;
        foreach (var slot in _slots.Values)
            slot.Parameter.GradientMemory.Span.Clear();
        PendingAccumulations = 0;
    }

    /// <summary>What the ranks together have added up in a step that is half accumulated: the share of each.</summary>
    private Dictionary<Slot<T>, Memory<T>>? CombinePendingGradients()
    {
        if (_peers is null || PendingAccumulations == 0)
            return null;
        var combined = _slots.Values.Where(slot => !slot.Parameter.Gradient.IsEmpty).ToDictionary(slot => slot, slot => new Memory<T>(new T[slot.Share.Length]));
        _peers.Combine(combined.Select(pair => new SharedTensor<T>(pair.Key.Parameter.Gradient, pair.Value, _shares!.EndsOf(pair.Key))).ToArray());
        return combined;
    }

    /// <summary>Opens a file that another may replace meanwhile.</summary>
    private static FileStream OpenToRead(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);

    private void TouchMemory()
    {
        foreach (var slot in _slots.Values)
        {
            _ = slot.Parameter.Value.Span;
            _ = slot.Parameter.GradientMemory.Span;
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
