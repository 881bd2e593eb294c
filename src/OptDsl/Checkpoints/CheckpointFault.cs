namespace OptDsl.Checkpoints;

/// <summary>Why a file cannot be loaded.</summary>
public enum CheckpointFault
{
    /// <summary>The file is shorter than it says.</summary>
    Truncated,

    /// <summary>The file is not in the safetensors format.</summary>
    Malformed,

    /// <summary>The file is in the safetensors format, but was not written by <see cref="Optimizer{T}.Save"/>.</summary>
    Foreign,

    /// <summary>The file was written by a later version, in a form that this one does not know.</summary>
    LaterVersion,

    /// <summary>The contents do not agree with the checksum.</summary>
    Altered,

    /// <summary>The file is about other parameters than the optimizer's.</summary>
    OtherParameters,

    /// <summary>A parameter had another rule.</summary>
    OtherRule,

    /// <summary>A parameter had another shape.</summary>
    OtherShape,

    /// <summary>The elements are of another type.</summary>
    OtherElementType,

    /// <summary>The file continues an average, a lookahead or a loss scale that the optimizer does not have.</summary>
    MissingSetting,

    /// <summary>Parameters that share per-group states now did not, and had different ones.</summary>
    OtherGroups,
}
