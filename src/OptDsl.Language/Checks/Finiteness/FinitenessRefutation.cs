using System.Globalization;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks.Finiteness;

/// <summary>Gradients that make a rule's weights or states no numbers, found by running it.</summary>
/// <param name="Text">The gradients and the step, in words.</param>
internal sealed record FinitenessRefutation(string Text)
{
    private const int Steps = 300;

    /// <summary>The first of many inputs that does so in the element type, or null.</summary>
    public static FinitenessRefutation? Find(RuleModel model, FiniteBox box, ElementFormat format, CancellationToken cancellation = default)
    {
        var program = RuleProgram.Compile(model);
        double[] hypers = [.. model.Hypers.Select(hyper => hyper.Source.Default ?? SampleValues.Assumed(hyper.Source))];
        foreach (var (name, gradient) in Gradients(box, format))
        {
            foreach (var weight in new[] { 1, 0, box.Weight })
            {
                cancellation.ThrowIfCancellationRequested();
                var run = new RuleRun(program, [weight, -weight, weight / 2], hypers, format);
                for (var step = 0; step < Steps; step++)
                {
                    run.Step([.. gradient(step).Select(format.Round)]);
                    if (run.Parameter.Concat(Enumerable.Range(0, model.States.Length).SelectMany(run.State)).Any(value => double.IsNaN(value) || double.IsInfinity(value)))
                        return new($"{name}, from weights of {Numbers.Of(weight)}: at step {(step + 1).ToString(CultureInfo.InvariantCulture)}");
                }
            }
        }

        return null;
    }

    private static IEnumerable<(string Name, Func<int, double[]> Gradient)> Gradients(FiniteBox box, ElementFormat format)
    {
        var (most, least) = (box.Gradient, format.Smallest);
        yield return ("no gradients", _ => [0, 0, 0]);
        foreach (var size in Enumerable.Range(0, 8).Select(power => least * Math.Pow(8, power)).Concat([Math.Sqrt(least), 1e-20, 1e-12, 1, most]).Where(size => size <= most))
        {
            yield return ($"gradients of {Numbers.Of(size)}", _ => [size, -size, size]);
            yield return ($"a gradient of {Numbers.Of(size)} and none after it", step => step == 0 ? [size, -size, size] : [0, 0, 0]);
            yield return ($"gradients of {Numbers.Of(size)} of one element", _ => [size, 0, 0]);
            yield return ($"gradients of ±{Numbers.Of(size)} by turns", step => step % 2 == 0 ? [size, -size, 0] : [-size, size, size]);
        }

        yield return ($"gradients that fall from {Numbers.Of(most)} to nothing", step => [most * Math.Pow(0.5, step), -most * Math.Pow(0.3, step), most * Math.Pow(0.1, step)]);
        yield return ($"gradients that grow to {Numbers.Of(most)}", step => [Math.Min(most, least * Math.Pow(10, step)), Math.Min(most, least * Math.Pow(3, step)), 0]);
    }
}
