namespace OptDsl.Execution;

/// <summary>All that a plan depends on.</summary>
/// <param name="Groups">The parameters.</param>
/// <param name="Averages">The averages of the weights.</param>
/// <param name="Clipping">The clipping of groups without their own.</param>
/// <param name="ZeroesGradients">True where gradients are zeroed after use.</param>
/// <param name="ChunkLength">The number of elements that a thread takes at a time.</param>
/// <param name="Scratch">Memory for what rules of matrices compute on the way.</param>
/// <param name="Shares">Which part of each tensor each rank has; null where one process has them all.</param>
/// <param name="Peers">The ranks.</param>
internal sealed record PlanInputs<T>(
    IReadOnlyList<ParameterGroup<T>> Groups, IReadOnlyList<WeightAverage<T>> Averages, GradientClipping Clipping, bool ZeroesGradients, int ChunkLength,
    ScratchPool<T> Scratch, ShareMap<T>? Shares = null, IPeers<T>? Peers = null)
    where T : unmanaged;
