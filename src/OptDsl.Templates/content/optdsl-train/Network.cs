/// <summary>y = head · tanh(body · x + offset): the forward and the backward pass, by hand. Put your own here.</summary>
public sealed class Network
{
    private const int Width = 16;
    private readonly float[] _hidden = new float[Width];

    public Network(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < Width; i++)
            (Body[i], Offset[i], Head[i]) = (4 * random.NextSingle() - 2, 2 * random.NextSingle() - 1, random.NextSingle() - 0.5f);
    }

    public float[] Body { get; } = new float[Width];

    public float[] Offset { get; } = new float[Width];

    public float[] Head { get; } = new float[Width];

    public float[] BodyGradient { get; } = new float[Width];

    public float[] OffsetGradient { get; } = new float[Width];

    public float[] HeadGradient { get; } = new float[Width];

    public float Forward(float x)
    {
        var y = 0f;
        for (var i = 0; i < Width; i++)
            y += Head[i] * (_hidden[i] = MathF.Tanh(Body[i] * x + Offset[i]));
        return y;
    }

    /// <summary>Adds the gradients of the loss, given its slope in y, for the x of the last forward pass.</summary>
    public void Backward(float x, float slope)
    {
        for (var i = 0; i < Width; i++)
        {
            var inner = slope * Head[i] * (1 - _hidden[i] * _hidden[i]);
            HeadGradient[i] += slope * _hidden[i];
            BodyGradient[i] += inner * x;
            OffsetGradient[i] += inner;
        }
    }
}
