namespace OptDsl.Language.Formulas.Evaluation;

/// <summary>How much was run: the same for the same text, whatever the machine has to do besides.</summary>
internal sealed class StepTally
{
    /// <summary>Runs that were begun.</summary>
    public int Runs { get; set; }

    /// <summary>Steps of all runs.</summary>
    public int Steps { get; set; }

    /// <summary>Operations of all steps, each over a whole tensor.</summary>
    public long Operations { get; set; }
}
