using OptDsl.Samples.Learning;
using OptDsl.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchFineTuning;

/// <summary>A small convolutional network for pictures of 8 × 8 pixels, from a seed.</summary>
internal sealed class ConvolutionalNetwork
{
    public ConvolutionalNetwork(int seed)
    {
        torch.manual_seed(seed);
        Model = Sequential(
            ("conv1", Conv2d(1, 16, 3, padding: 1)), ("relu1", ReLU()),
            ("conv2", Conv2d(16, 32, 3, padding: 1)), ("relu2", ReLU()),
            ("pool", MaxPool2d(2)), ("flatten", Flatten()),
            ("body", Linear(32 * 4 * 4, 64)), ("relu3", ReLU()),
            ("head", Linear(64, 10)));
    }

    public Sequential Model { get; }

    /// <summary>Computes the gradients of the mean loss of a batch.</summary>
    public Score Backward(Examples batch)
    {
        using var scope = torch.NewDisposeScope();
        Model.zero_grad();
        var (logits, labels) = (Model.forward(Pictures(batch)), torch.tensor(Array.ConvertAll(batch.Labels, label => (long)label)));
        var loss = functional.cross_entropy(logits, labels);
        loss.backward();
        return ScoreOf(logits, labels, loss);
    }

    /// <summary>How well the network does.</summary>
    public Score Evaluate(Examples examples)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var (logits, labels) = (Model.forward(Pictures(examples)), torch.tensor(Array.ConvertAll(examples.Labels, label => (long)label)));
        return ScoreOf(logits, labels, functional.cross_entropy(logits, labels));
    }

    private static Score ScoreOf(Tensor logits, Tensor labels, Tensor meanLoss) =>
        new(meanLoss.item<float>(), (int)logits.argmax(1).eq(labels).sum().item<long>(), (int)labels.numel());

    private static Tensor Pictures(Examples examples) => torch.tensor(examples.Features, [examples.Count, 1, 8, 8]);
}
