namespace OptDsl.Tests.Processes;

/// <summary>What tests start as processes of their own.</summary>
internal static class Program
{
    private static void Main(string[] arguments)
    {
        if (arguments is ["save", var path])
            Training.SaveForever(path);
        else
            Bits.Print();
    }
}
