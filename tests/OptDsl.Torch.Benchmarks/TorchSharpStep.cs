using System.Runtime;
using static TorchSharp.torch;

namespace OptDsl.Torch.Benchmarks;

/// <summary>
/// A step of one of TorchSharp's own optimizers. They hand scalars to libtorch that nothing keeps alive: a collection at the wrong moment frees one
/// under its hands, and the step throws or computes with another number. Where the numbers matter, nothing is collected meanwhile.
/// </summary>
public static class TorchSharpStep
{
    private const long MostAllocated = 16 << 20;

    /// <summary>Makes a step.</summary>
    public static void Run(optim.Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        GC.TryStartNoGCRegion(MostAllocated);
        try
        {
            optimizer.step();
        }
        finally
        {
            if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
                GC.EndNoGCRegion();
        }
    }
}
