namespace OptDsl.Language.Operations;

/// <summary>A running sum that keeps what each addition rounds away (Neumaier), so that its error does not grow with the count.</summary>
internal struct NeumaierSum
{
    private double _sum;
    private double _lost;

    public readonly double Value => double.IsNaN(_lost) || double.IsInfinity(_lost) ? _sum : _sum + _lost;

    public void Add(double term)
    {
        var sum = _sum + term;
        _lost += Math.Abs(_sum) >= Math.Abs(term) ? _sum - sum + term : term - sum + _sum;
        _sum = sum;
    }
}
