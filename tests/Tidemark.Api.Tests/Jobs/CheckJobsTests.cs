using Microsoft.Extensions.Logging.Abstractions;
using Tidemark.Api.Jobs;
using Tidemark.Engine;

namespace Tidemark.Api.Tests.Jobs;

public sealed class CheckJobsTests
{
    private static readonly CheckReport Sound = new(1, 2, 3, 4, 5, []);

    private readonly FixedClock _clock = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task A_running_check_is_found_again_and_its_report_stays()
    {
        var release = new TaskCompletionSource();
        var jobs = Jobs((progress, cancellation) =>
        {
            progress.Report(42);
            release.Task.Wait(cancellation);
            return Sound;
        });

        var first = jobs.Start();
        var second = jobs.Start();
        Assert.Equal(CheckJob.Running, Assert.Single(jobs.List()).State);
        release.SetResult();
        await jobs.DisposeAsync();

        Assert.Equal(first, second);
        var ended = Assert.Single(jobs.List());
        Assert.Equal((CheckJob.Success, 42L, Sound), (ended.State, ended.Progress, ended.Report));
        Assert.NotNull(ended.EndTime);
    }

    [Fact]
    public async Task Stopping_ends_a_running_check()
    {
        var jobs = Jobs((_, cancellation) =>
        {
            cancellation.WaitHandle.WaitOne();
            throw new OperationCanceledException(cancellation);
        });
        jobs.Start();

        await jobs.DisposeAsync();

        Assert.Equal(CheckJob.Failed, Assert.Single(jobs.List()).State);
    }

    [Fact]
    public async Task A_failed_check_says_why_and_a_new_one_may_start()
    {
        var jobs = Jobs((_, _) => throw new IOException("segment 7 is gone"));
        var first = jobs.Start();
        Assert.True(SpinWait.SpinUntil(() => jobs.List()[0].State == CheckJob.Failed, TimeSpan.FromSeconds(30)));

        var second = jobs.Start();
        await jobs.DisposeAsync();

        Assert.NotEqual(first, second);
        Assert.Equal([second, first], jobs.List().Select(job => job.JobId));
        Assert.All(jobs.List(), job => Assert.Equal("The check failed: segment 7 is gone", job.ErrorMessage));
    }

    private CheckJobs Jobs(Func<IProgress<long>, CancellationToken, CheckReport> check) =>
        new(check, _clock, NullLogger<CheckJobs>.Instance);
}
