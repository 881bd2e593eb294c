// Measures the optimizer of OptDsl.Torch beside TorchSharp's own: the tables of the package's page.
// dotnet run -c Release --project tests/OptDsl.Torch.Benchmarks -- [speed | adapter | training | oracle | alive | muon]

using OptDsl.Torch.Benchmarks;

string[] parts = args.Length == 0 ? ["speed", "adapter", "training", "oracle", "alive", "muon"] : args;
foreach (var part in parts)
{
    switch (part)
    {
        case "speed":
            StepSpeed.Print(threads: 1);
            StepSpeed.Print(threads: 2);
            break;
        case "adapter":
            AdapterCost.Print();
            break;
        case "training":
            TrainingSpeed.Print();
            break;
        case "oracle":
            Oracle.Print();
            break;
        case "alive":
            Alive.Print();
            break;
        case "muon":
            MuonSpeed.Print(threads: 1);
            MuonSpeed.Print(threads: 2);
            break;
        default:
            Console.Error.WriteLine($"'{part}' is none of speed, adapter, training, oracle, alive, muon.");
            return 1;
    }
}

return 0;
