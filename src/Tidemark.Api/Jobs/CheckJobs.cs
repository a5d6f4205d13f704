using System.Globalization;
using Microsoft.Extensions.Logging;
using Tidemark.Engine;

namespace Tidemark.Api.Jobs;

/// <summary>
/// Runs checks of the store in the background, one at a time, and remembers the last ones until the process ends.
/// </summary>
internal sealed class CheckJobs : IAsyncDisposable
{
    private const int RememberedMax = 100;

    private readonly Func<IProgress<long>, CancellationToken, CheckReport> _check;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();

    // Guards _jobs, _started and _running.
    private readonly Lock _lock = new();
    private readonly List<CheckJob> _jobs = [];
    private int _started;
    private Task _running = Task.CompletedTask;

    /// <summary>Makes an empty list of jobs around one way to check.</summary>
    public CheckJobs(
        Func<IProgress<long>, CancellationToken, CheckReport> check, TimeProvider clock, ILogger<CheckJobs> logger)
    {
        _check = check;
        _clock = clock;
        _logger = logger;
    }

    /// <summary>Begins a check, or finds the one that is running.</summary>
    /// <returns>The job's id.</returns>
    public string Start()
    {
        lock (_lock)
        {
            if (_jobs is [.., { State: CheckJob.Running } current])
                return current.JobId;

            if (_jobs.Count == RememberedMax)
                _jobs.RemoveAt(0);

            _started++;
            var job = new CheckJob($"job-{_started.ToString("d8", CultureInfo.InvariantCulture)}", _clock.GetUtcNow());
            _jobs.Add(job);
            _running = Task.Factory.StartNew(
                () => Run(job), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            return job.JobId;
        }
    }

    /// <summary>The remembered jobs, newest first.</summary>
    public IReadOnlyList<CheckJob> List()
    {
        lock (_lock)
            return [.. _jobs.AsEnumerable().Reverse()];
    }

    /// <summary>Stops a running check and waits for it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        Task running;
        lock (_lock)
            running = _running;
        await running;
        _stopping.Dispose();
    }

    private void Run(CheckJob job)
    {
        CheckJob ended;
        try
        {
            var report = _check(new Counter(this), _stopping.Token);
            ended = job with { State = CheckJob.Success, Report = report };
        }
        catch (OperationCanceledException)
        {
            ended = job with { State = CheckJob.Failed, ErrorMessage = "The server was stopped." };
        }
        catch (Exception failure)
        {
            // The top of a job: whatever went wrong ends this job and nothing else.
            _logger.LogError(failure, "Check {JobId} failed", job.JobId);
            ended = job with { State = CheckJob.Failed, ErrorMessage = $"The check failed: {failure.Message}" };
        }

        lock (_lock)
            _jobs[^1] = ended with { Progress = _jobs[^1].Progress, EndTime = _clock.GetUtcNow() };
    }

    private void Count(long progress)
    {
        lock (_lock)
            _jobs[^1] = _jobs[^1] with { Progress = progress };
    }

    private sealed class Counter(CheckJobs jobs) : IProgress<long>
    {
        public void Report(long value) => jobs.Count(value);
    }
}
