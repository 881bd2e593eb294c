using System.Numerics.Tensors;

namespace OptDsl.Samples.Learning;

/// <summary>A layer of a network: outputs = inputs · weight + bias.</summary>
/// <remarks>
/// Products are summed row after row with fused multiply-adds, in an order that depends on neither vector width nor threads: the
/// same seed gives the same numbers. Inputs that are zero (half of a picture) are passed over.
/// </remarks>
internal sealed class DenseLayer
{
    private readonly int _inputs;
    private readonly int _outputs;

    public DenseLayer(string name, int inputs, int outputs, RandomSource random)
    {
        _inputs = inputs;
        _outputs = outputs;
        Weight = new Parameter<float>($"{name}.weight", new float[inputs * outputs], new float[inputs * outputs], inputs, outputs);
        Bias = new Parameter<float>($"{name}.bias", new float[outputs], new float[outputs]);
        Reset(random);
    }

    public Parameter<float> Weight { get; }

    public Parameter<float> Bias { get; }

    /// <summary>Begins anew. He's initialisation keeps the variance of rectified activations from layer to layer.</summary>
    public void Reset(RandomSource random)
    {
        var bound = Math.Sqrt(6.0 / _inputs);
        foreach (ref var weight in Weight.Value.Span)
            weight = (float)random.NextUniform(-bound, bound);
        Bias.Value.Span.Clear();
    }

    public void Forward(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        var weight = Weight.Value.Span;
        for (var row = 0; row < outputs.Length / _outputs; row++)
        {
            var output = outputs.Slice(row * _outputs, _outputs);
            Bias.Value.Span.CopyTo(output);
            AddProduct(inputs.Slice(row * _inputs, _inputs), weight, output);
        }
    }

    /// <summary>Sets the gradients of weight and bias from those of the outputs.</summary>
    public void Backward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> outputGradients)
    {
        var weightGradient = Weight.Gradient.Span;
        var biasGradient = Bias.Gradient.Span;
        weightGradient.Clear();
        biasGradient.Clear();
        for (var row = 0; row < outputGradients.Length / _outputs; row++)
        {
            var outputGradient = outputGradients.Slice(row * _outputs, _outputs);
            TensorPrimitives.Add(biasGradient, outputGradient, biasGradient);
            for (var i = 0; i < _inputs; i++)
            {
                var input = inputs[row * _inputs + i];
                if (input == 0)
                    continue;
                var target = weightGradient.Slice(i * _outputs, _outputs);
                TensorPrimitives.FusedMultiplyAdd(outputGradient, input, target, target);
            }
        }
    }

    /// <summary>The gradients of the inputs from those of the outputs.</summary>
    public void BackwardToInputs(ReadOnlySpan<float> outputGradients, Span<float> inputGradients)
    {
        var weight = Weight.Value.Span;
        for (var row = 0; row < outputGradients.Length / _outputs; row++)
        {
            var outputGradient = outputGradients.Slice(row * _outputs, _outputs);
            for (var i = 0; i < _inputs; i++)
            {
                var sum = 0f;
                for (var o = 0; o < _outputs; o++)
                    sum += weight[i * _outputs + o] * outputGradient[o];
                inputGradients[row * _inputs + i] = sum;
            }
        }
    }

    private void AddProduct(ReadOnlySpan<float> input, ReadOnlySpan<float> weight, Span<float> output)
    {
        for (var i = 0; i < input.Length; i++)
        {
            if (input[i] != 0)
                TensorPrimitives.FusedMultiplyAdd(weight.Slice(i * _outputs, _outputs), input[i], output, output);
        }
    }
}
