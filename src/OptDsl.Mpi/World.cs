using System.Globalization;
using OptDsl.Execution;
using OptDsl.Mpi.Faults;
using OptDsl.Mpi.Messages;

namespace OptDsl.Mpi;

/// <summary>The processes of an MPI job, called ranks, as one of them sees them: <c>mpiexec -n 4 dotnet program.dll</c> starts four.</summary>
/// <remarks>
/// All ranks run the same program, and make the same calls of this package in the same order. Where they do not, or one fails or dies, all
/// get a <see cref="WorldException"/> that says which, and none waits for ever. One world is started a process, before anything of it is used.
/// </remarks>
public sealed class World : IDisposable
{
    private const string End = "the end of its world";
    private const string OwnCode = "its own code";

    private static readonly TimeSpan s_usualTimeout = TimeSpan.FromMinutes(10);
    // How long the others need to notice, before mpiexec ends them because this process has.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_lastWords = TimeSpan.FromSeconds(10);
    private static int s_isStarted;

    private readonly MPI.Environment? _environment;
    private readonly Lock _gate = new();
    private readonly Assembly _assembly;
    private bool _isDisposed;

    private World(MPI.Environment? environment, TimeSpan timeout)
    {
        _environment = environment;
        Post = new Post { Timeout = timeout };
        _assembly = new Assembly(Post);
        Require(Size > 1 || StartedSize() is not { } started ? null : started);
        Machines = [.. _assembly.Texts(RankProcess.Own.ToText(), "its start").Select(RankProcess.Parse)];
        Post.Watch(new Neighbours(Machines, Rank));
        AppDomain.CurrentDomain.UnhandledException += TellFailure;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
    }

    /// <summary>The number of this rank, from 0.</summary>
    public int Rank => Post.Rank;

    /// <summary>How many ranks there are.</summary>
    public int Size => Post.Size;

    /// <summary>What the MPI library calls itself.</summary>
    public string Library { get; } = MpiLibrary.Version;

    /// <summary>
    /// How long a rank is waited for before it counts as lost; ten minutes unless set. One that dies on the same machine, or on one where
    /// another rank sees it, is noticed within a second or two. Set it on all ranks to more than the longest time that one works alone.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive.</exception>
    public TimeSpan Timeout
    {
        get => Post.Timeout;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            Post.Timeout = value;
        }
    }

    internal Post Post { get; }

    private IReadOnlyList<RankProcess> Machines { get; }

    /// <summary>Joins the ranks of the job. A program that no <c>mpiexec</c> has started is the only rank.</summary>
    /// <param name="args">The arguments of the program.</param>
    /// <param name="timeout">See <see cref="Timeout"/>.</param>
    /// <exception cref="DllNotFoundException">There is no MPI library with MPICH's binary interface; the message says what to do.</exception>
    /// <exception cref="WorldException">The ranks cannot reach each other, or this process was started by another MPI's <c>mpiexec</c>.</exception>
    /// <exception cref="InvalidOperationException">There is a world in this process already.</exception>
    public static World Start(string[]? args = null, TimeSpan? timeout = null)
    {
        if (timeout is { } given)
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(given, TimeSpan.Zero, nameof(timeout));
        MpiLibrary.Use();
        if (Interlocked.Exchange(ref s_isStarted, 1) != 0)
            throw new InvalidOperationException("This process has started its world already; MPI can be started once a process.");
        args ??= [];
        var environment = MPI.Environment.Initialized ? null : new MPI.Environment(ref args, MPI.Threading.Serialized);
        return new World(environment, timeout ?? s_usualTimeout);
    }

    /// <summary>Waits for all ranks.</summary>
    /// <exception cref="WorldException">A rank is lost, or does something else.</exception>
    public void Barrier() => Agree(nameof(Barrier));

    /// <summary>What every rank has, in the order of the ranks, on every rank; as many values of each.</summary>
    /// <param name="values">What this one has.</param>
    /// <exception cref="WorldException">A rank is lost, does something else, or has more or fewer values.</exception>
    public double[] Gather(params ReadOnlySpan<double> values)
    {
        var count = values.Length;
        Agree(nameof(Gather), terms: new Terms((ulong)count, () => [new("the number of values", count.ToString(CultureInfo.InvariantCulture))]));
        var all = new double[Size * count];
        values.CopyTo(all.AsSpan(Rank * count));
        lock (_gate)
            Post.Complete(all.AsSpan(), Ends(count), nameof(Gather));
        return all;
    }

    /// <summary>The sum of what the ranks have, added in their order.</summary>
    /// <param name="value">What this one has.</param>
    /// <exception cref="WorldException">A rank is lost, or does something else.</exception>
    public double Sum(double value)
    {
        var sum = 0.0;
        foreach (var other in Gather(value))
            sum += other;
        return sum;
    }

    /// <summary>Leaves the job, once all ranks do, or no longer can.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            AppDomain.CurrentDomain.UnhandledException -= TellFailure;
            try
            {
                while (!_assembly.Leave(End))
                {
                    // The others are told where they are, and come here too.
                }

                _environment?.Dispose();
            }
            catch (WorldException)
            {
                // With a rank lost MPI cannot be ended; the process can.
                Thread.Sleep(s_patience);
            }
        }
    }

    /// <inheritdoc cref="IPeers{T}.Agree"/>
    internal bool Agree(string deed, Exception? failure = null, Terms terms = default, bool wish = false)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _assembly.Agree(deed, failure, terms, wish);
        }
    }

    /// <summary>Does something with the post, while nobody else does.</summary>
    internal void Do(Action act)
    {
        lock (_gate)
            act();
    }

    private static void Require(string? fault)
    {
        if (fault is not null)
            throw new WorldException(fault, isFinal: true);
    }

    /// <summary>What is wrong where another MPI's launcher has started several processes, each of which is alone here.</summary>
    private static string? StartedSize()
    {
        foreach (var (variable, launcher) in (ReadOnlySpan<(string, string)>)[("OMPI_COMM_WORLD_SIZE", "the mpiexec of Open MPI"), ("SLURM_STEP_NUM_TASKS", "srun"), ("PMI_SIZE", "an mpiexec")])
        {
            if (int.TryParse(System.Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var size) && size > 1)
                return $"{launcher} has started {size} processes ({variable}), but for {MpiLibrary.Name} each of them is alone. Start the program with the mpiexec of the library that it loads; under Slurm, with srun --mpi=pmi2 (srun --mpi=list says what there is).";
        }

        return null;
    }

    private int[] Ends(int each) => [.. Enumerable.Range(1, Size).Select(rank => rank * each)];

    private void TellFailure(object sender, UnhandledExceptionEventArgs arguments)
    {
        // Where another thread waits for the others, they learn it from the death of this process.
        if (!_gate.TryEnter())
            return;
        try
        {
            if (_isDisposed || Post.Loss is not null || arguments.ExceptionObject is not Exception exception)
                return;
            _isDisposed = true;
            Post.Timeout = s_lastWords;
            if (!_assembly.Leave(OwnCode, exception))
                Thread.Sleep(s_patience);
        }
        catch (WorldException)
        {
            // The process ends, and says why.
        }
        finally
        {
            _gate.Exit();
        }
    }
}
