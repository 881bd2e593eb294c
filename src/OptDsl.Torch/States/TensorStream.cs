using TorchSharp;
using static TorchSharp.torch;

namespace OptDsl.Torch.States;

/// <summary>Tensors in streams, as TorchSharp writes them.</summary>
internal static class TensorStream
{
    public static void Write(BinaryWriter writer, Tensor tensor) => tensor.Save(writer);

    public static Tensor Read(BinaryReader reader) => TensorExtensionMethods.Load(reader);
}
