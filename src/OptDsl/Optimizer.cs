namespace OptDsl;

/// <summary>Runs update rules over parameters.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Optimizer<T>
    where T : unmanaged
{
}
