using System.Diagnostics;
using OptDsl.Execution;

namespace OptDsl.Tests.Runtime;

/// <summary>Every item is run once, whoever comes to help and however late.</summary>
public sealed class CrewTests
{
    [Fact]
    public void Every_item_is_run_once_over_many_runs_in_quick_succession()
    {
        var crew = new Crew();
        var random = new Random(1);
        for (var run = 0; run < 20_000; run++)
        {
            var workload = new Counting(random.Next(40));
            crew.Run(workload, degree: random.Next(1, 9));
            Assert.All(workload.Runs, runs => Assert.Equal(1, runs));
        }
    }

    [Fact]
    public void Helpers_that_come_after_a_pause_find_the_next_work()
    {
        var crew = new Crew();
        for (var run = 0; run < 200; run++)
        {
            var workload = new Counting(64);
            crew.Run(workload, degree: 4);
            Assert.All(workload.Runs, runs => Assert.Equal(1, runs));
            Thread.SpinWait(run * 100);
        }
    }

    [Fact]
    public void Long_items_are_shared_among_threads()
    {
        var crew = new Crew();
        var threads = new HashSet<int>();
        var started = Stopwatch.GetTimestamp();

        // A busy pool may send nobody for a while.
        while (threads.Count < 2 && Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(2))
        {
            crew.Run(new Acting(4, _ =>
            {
                lock (threads)
                    threads.Add(Environment.CurrentManagedThreadId);
                Thread.Sleep(5);
            }), degree: 2);
        }

        Assert.True(threads.Count >= 2);
    }

    [Fact]
    public async Task Helper_goes_when_nothing_is_left_though_others_are_still_at_work()
    {
        var crew = new Crew();
        using var started = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var caller = Task.Factory.StartNew(
            () => crew.Run(
                new Acting(2, item =>
                {
                    if (item == 0)
                    {
                        started.Set();
                        release.Wait();
                    }
                }),
                degree: 2),
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        started.Wait(TestContext.Current.CancellationToken);

        var helper = Task.Factory.StartNew(
            ((IThreadPoolWorkItem)crew).Execute, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        try
        {
            await helper.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        }
        finally
        {
            release.Set();
            await caller;
        }
    }

    [Fact]
    public void An_interrupted_caller_still_waits_for_its_helpers()
    {
        var crew = new Crew();
        using var helperIsIn = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var (callerId, written, writtenAtReturn, interruptedAfterwards) = (0, 0, -1, false);
        var caller = new Thread(() =>
        {
            callerId = Environment.CurrentManagedThreadId;
            crew.Run(
                new Acting(2, _ =>
                {
                    if (Environment.CurrentManagedThreadId == callerId)
                    {
                        Waiting.Uninterrupted(helperIsIn);
                        return;
                    }

                    helperIsIn.Set();
                    release.Wait();
                    Interlocked.Increment(ref written);
                }),
                degree: 2);
            writtenAtReturn = written;
            try
            {
                Thread.Sleep(1);
            }
            catch (ThreadInterruptedException)
            {
                interruptedAfterwards = true;
            }
        });
        var helper = new Thread(() =>
        {
            while (!helperIsIn.IsSet)
                ((IThreadPoolWorkItem)crew).Execute();
        });
        caller.Start();
        helper.Start();
        Waiting.Uninterrupted(helperIsIn);
        for (var i = 0; i < 5; i++)
        {
            caller.Interrupt();
            Thread.Sleep(20);
            Assert.True(caller.IsAlive);
        }

        release.Set();
        caller.Join();
        helper.Join();
        Assert.Equal((1, true), (writtenAtReturn, interruptedAfterwards));
    }

    [Fact]
    public void Failure_of_an_item_reaches_the_caller_and_leaves_the_crew_usable()
    {
        var crew = new Crew();
        for (var run = 0; run < 500; run++)
        {
            var failing = run % 16;
            var error = Assert.Throws<InvalidOperationException>(() => crew.Run(
                new Acting(16, item =>
                {
                    if (item == failing)
                        throw new InvalidOperationException("item " + item);
                }),
                degree: 3));
            Assert.Equal("item " + failing, error.Message);

            var workload = new Counting(16);
            crew.Run(workload, degree: 3);
            Assert.All(workload.Runs, runs => Assert.Equal(1, runs));
        }
    }

    private static class Waiting
    {
        public static void Uninterrupted(ManualResetEventSlim condition)
        {
            while (!condition.IsSet)
                Thread.SpinWait(100);
        }
    }

    private sealed class Counting(int count) : IWorkload
    {
        public int[] Runs { get; } = new int[count];

        public int Count => Runs.Length;

        public void Run(int first, int end)
        {
            foreach (ref var runs in Runs.AsSpan(first..end))
                Interlocked.Increment(ref runs);
        }
    }

    private sealed class Acting(int count, Action<int> action) : IWorkload
    {
        public int Count => count;

        public void Run(int first, int end)
        {
            for (var item = first; item < end; item++)
                action(item);
        }
    }
}
