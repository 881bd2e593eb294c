namespace OptDsl.Mpi.Messages;

/// <summary>Messages under way, to be waited for together.</summary>
internal sealed class Batch
{
    private int[] _requests = new int[8];
    private int[] _ranks = new int[8];
    private bool[] _areReceives = new bool[8];

    /// <summary>The number of messages that are not complete.</summary>
    public int Count { get; private set; }

    /// <summary>The ranks that a message is awaited from or goes to, each once.</summary>
    public IEnumerable<int> Ranks => _ranks.Take(Count).Distinct();

    /// <summary>Adds a message.</summary>
    public void Add(int request, int rank, bool isReceive)
    {
        if (Count == _requests.Length)
        {
            Array.Resize(ref _requests, 2 * Count);
            Array.Resize(ref _ranks, 2 * Count);
            Array.Resize(ref _areReceives, 2 * Count);
        }

        (_requests[Count], _ranks[Count], _areReceives[Count]) = (request, rank, isReceive);
        Count++;
    }

    /// <summary>Drops the messages that have been completed since.</summary>
    /// <returns>MPI's error; 0 for none.</returns>
    public int Test()
    {
        for (var i = 0; i < Count;)
        {
            var error = MPI.Unsafe.MPI_Test(ref _requests[i], out var isComplete, out _);
            if (error != 0)
                return error;
            if (isComplete == 0)
            {
                i++;
                continue;
            }

            Count--;
            (_requests[i], _ranks[i], _areReceives[i]) = (_requests[Count], _ranks[Count], _areReceives[Count]);
        }

        return 0;
    }

    /// <summary>Gives up what has not been received.</summary>
    public void Cancel()
    {
        for (var i = 0; i < Count; i++)
        {
            if (_areReceives[i])
                _ = MPI.Unsafe.MPI_Cancel(ref _requests[i]);
        }

        Count = 0;
    }
}
