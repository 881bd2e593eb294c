using System.Globalization;

namespace OptDsl.Checkpoints;

/// <summary>What was loaded.</summary>
/// <param name="Step">How many steps had been made.</param>
public sealed record CheckpointInfo(long Step)
{
    /// <summary>
    /// The hyper-parameters that are others than when the file was written: another number, another schedule, or a schedule with
    /// other settings, though the value may be the same now. Rules keep what the program gives them, unless
    /// <see cref="CheckpointOptions.RestoresHypers"/> is set: with any change, the steps to come are not those that would have
    /// followed.
    /// </summary>
    public IReadOnlyList<HyperChange> HyperChanges { get; init; } = [];

    /// <summary>The settings of the optimizer and of its groups that are others than when the file was written.</summary>
    public IReadOnlyList<SettingChange> SettingChanges { get; init; } = [];

    /// <summary>What was left out, and why: a line each. Empty unless <see cref="CheckpointOptions.Strict"/> is off.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>A line for the step, and one for each change and each thing that was left out.</summary>
    public override string ToString() => string.Join(
        Environment.NewLine, new object[] { string.Create(CultureInfo.InvariantCulture, $"step {Step}") }.Concat(HyperChanges).Concat(SettingChanges).Concat(LeftOut));
}

/// <summary>A hyper-parameter that has changed since a checkpoint was written.</summary>
/// <param name="Parameter">The name of the first parameter that it concerns.</param>
/// <param name="Property">The property of the rule.</param>
/// <param name="Saved">Its value at the last step before the checkpoint.</param>
/// <param name="Current">Its value at that step now.</param>
public sealed record HyperChange(string Parameter, string Property, double Saved, double Current)
{
    /// <summary>The schedule that it had, with its settings; null where it was a number.</summary>
    public string? SavedSchedule { get; init; }

    /// <summary>The schedule that it has; null where it is a number.</summary>
    public string? CurrentSchedule { get; init; }

    /// <summary>True where the checkpoint's value has been set again.</summary>
    public bool IsRestored { get; init; }

    /// <summary>The change in a line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Property} of '{Parameter}' was {Text(SavedSchedule, Saved)} and {(IsRestored ? "is again, no longer" : "is")} {Text(CurrentSchedule, Current)}");

    private static string Text(string? schedule, double value) => schedule ?? value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A setting that has changed since a checkpoint was written.</summary>
/// <param name="Parameter">The name of the first parameter of the group that it concerns; null for one of the optimizer.</param>
/// <param name="Setting">The setting.</param>
/// <param name="Saved">What it was.</param>
/// <param name="Current">What it is now.</param>
public sealed record SettingChange(string? Parameter, string Setting, string Saved, string Current)
{
    /// <summary>True where the checkpoint's setting is in force again.</summary>
    public bool IsRestored { get; init; }

    /// <summary>The change in a line.</summary>
    public override string ToString() => $"{Setting}{(Parameter is null ? "" : $" of the group of '{Parameter}'")} was {Saved} and {(IsRestored ? "is again, no longer" : "is")} {Current}";
}
