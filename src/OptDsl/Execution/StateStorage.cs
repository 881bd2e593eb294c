namespace OptDsl.Execution;

/// <summary>What a state is in memory, and how values become so.</summary>
internal readonly record struct StateStorage(Storage Storage, Rounding Rounding);
