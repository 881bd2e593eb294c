using System.Globalization;
using System.Text;

namespace OptDsl.Mpi.Worker;

/// <summary>What tests start as the ranks of a job.</summary>
internal static class Program
{
    /// <summary>Prints a line of this rank at once, so that those of others stay beside it.</summary>
    public static void Say(World world, string text)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(Encoding.UTF8.GetBytes($"[{world.Rank}] {text}\n"));
    }

    private static int Main(string[] arguments)
    {
        if (arguments is ["alone", ..])
            throw new InvalidOperationException("Rank 0 is alone.");
        using var world = World.Start(arguments, TimeSpan.FromSeconds(60));
        try
        {
            return arguments switch
            {
                ["bits"] => Bits.Run(world),
                ["save", var path, var scenario, var calls] => Files.Save(world, path, scenario, int.Parse(calls, CultureInfo.InvariantCulture)),
                ["load", var path, var scenario, var calls] => Files.Load(world, path, scenario, int.Parse(calls, CultureInfo.InvariantCulture)),
                ["train", var path] => Files.Train(world, path),
                ["fault", var kind, .. var rest] => Faults.Run(world, kind, rest),
                ["memory"] => StateMemory.Run(world),
                ["speed", var elements] => Speed.Run(world, int.Parse(elements, CultureInfo.InvariantCulture)),
                _ => throw new ArgumentException("Unknown: " + string.Join(' ', arguments)),
            };
        }
        catch (Exception exception) when (exception is WorldException || arguments is not [_, "crash", ..])
        {
            Say(world, $"{exception.GetType().Name}: {exception.Message}");
            return 3;
        }
    }
}
