namespace OptDsl.Tests.Saver;

/// <summary>Trains and saves until it is killed: the victim of the tests of crashes.</summary>
internal static class Program
{
    private static void Main(string[] arguments)
    {
        var path = arguments[0];
        var (optimizer, gradient) = Training.Create();
        if (File.Exists(path))
            optimizer.Load(path);
        while (true)
        {
            Training.Step(optimizer, gradient);
            optimizer.Save(path);
            Console.WriteLine(optimizer.StepCount);
        }
    }
}
