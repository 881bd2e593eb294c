using System.Numerics.Tensors;
using OptDsl.Training;

namespace OptDsl.Samples.Learning;

/// <summary>A classifier of dense layers with rectified activations; its last layer is the head, the ones before it the body.</summary>
public sealed class Network
{
    private readonly DenseLayer[] _layers;
    private readonly int[] _widths;
    private readonly float[][] _activations;

    /// <summary>A network with random weights.</summary>
    /// <param name="random">Where the weights come from.</param>
    /// <param name="widths">The number of features, of units in each hidden layer, and of classes.</param>
    public Network(RandomSource random, params int[] widths)
    {
        ArgumentNullException.ThrowIfNull(widths);
        _widths = widths;
        _layers = new DenseLayer[widths.Length - 1];
        for (var i = 0; i < _layers.Length; i++)
        {
            var name = i == _layers.Length - 1 ? "head" : $"body.{i + 1}";
            _layers[i] = new DenseLayer(name, widths[i], widths[i + 1], random);
        }

        _activations = new float[widths.Length][];
    }

    /// <summary>Weights and biases: <c>body.1.weight</c>, <c>body.1.bias</c>, …, <c>head.weight</c>, <c>head.bias</c>.</summary>
    public IReadOnlyList<Parameter<float>> Parameters => [.. _layers.SelectMany(layer => new[] { layer.Weight, layer.Bias })];

    /// <summary>Replaces the head by a new, random one.</summary>
    public void ResetHead(RandomSource random) => _layers[^1].Reset(random);

    /// <summary>Sets the gradients for a batch.</summary>
    /// <param name="batch">The examples.</param>
    /// <param name="headOnly">True to leave the gradients of the body alone: a frozen body needs none.</param>
    /// <returns>The mean loss, and how many examples were classified correctly.</returns>
    public Score Backward(Examples batch, bool headOnly = false)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Forward(batch);
        var logits = _activations[^1];
        var classes = _widths[^1];
        var loss = 0.0;
        var correct = 0;
        for (var row = 0; row < batch.Count; row++)
        {
            var rowLogits = logits.AsSpan(row * classes, classes);
            correct += TensorPrimitives.IndexOfMax<float>(rowLogits) == batch.Labels[row] ? 1 : 0;
            loss += SoftmaxCrossEntropy.LossAndGradient(rowLogits, batch.Labels[row], 1.0 / batch.Count);
        }

        for (var i = _layers.Length - 1; i >= 0; i--)
        {
            var gradients = _activations[i + 1].AsSpan(0, batch.Count * _widths[i + 1]);
            var inputs = _activations[i].AsSpan(0, batch.Count * _widths[i]);
            _layers[i].Backward(inputs, gradients);
            if (i == 0 || headOnly)
                break;

            // The activations have served: their gradients take their place, zero where the unit was off.
            Span<float> inputGradients = new float[inputs.Length];
            _layers[i].BackwardToInputs(gradients, inputGradients);
            for (var j = 0; j < inputs.Length; j++)
                inputs[j] = inputs[j] > 0 ? inputGradients[j] : 0;
        }

        return new Score(loss / batch.Count, correct, batch.Count);
    }

    /// <summary>How well the network does on examples; changes nothing.</summary>
    public Score Evaluate(Examples examples)
    {
        ArgumentNullException.ThrowIfNull(examples);
        Forward(examples);
        var classes = _widths[^1];
        var loss = 0.0;
        var correct = 0;
        for (var row = 0; row < examples.Count; row++)
        {
            ReadOnlySpan<float> logits = _activations[^1].AsSpan(row * classes, classes);
            correct += TensorPrimitives.IndexOfMax(logits) == examples.Labels[row] ? 1 : 0;
            loss += SoftmaxCrossEntropy.Loss(logits, examples.Labels[row]);
        }

        return new Score(loss / examples.Count, correct, examples.Count);
    }

    private void Forward(Examples examples)
    {
        _activations[0] = examples.Features;
        for (var i = 0; i < _layers.Length; i++)
        {
            var length = examples.Count * _widths[i + 1];
            if (_activations[i + 1] is null || _activations[i + 1].Length < length)
                _activations[i + 1] = new float[length];
            var outputs = _activations[i + 1].AsSpan(0, length);
            _layers[i].Forward(_activations[i].AsSpan(0, examples.Count * _widths[i]), outputs);
            if (i < _layers.Length - 1)
                TensorPrimitives.Max(outputs, 0f, outputs);
        }
    }
}
