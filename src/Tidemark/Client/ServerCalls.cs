using System.Text.Json.Nodes;

namespace Tidemark.Client;

/// <summary>The actions on the server itself as methods.</summary>
/// <param name="api">The server.</param>
/// <param name="time">The clock that waiting goes by.</param>
internal sealed class ServerCalls(ApiClient api, TimeProvider time)
{
    private static readonly TimeSpan CheckTimeMax = TimeSpan.FromDays(7);

    /// <summary>What the server is and where its disks are.</summary>
    public Task<ServerDescription> DescribeAsync(CancellationToken cancellation) =>
        api.CallAsync("DescribeServer", [], ClientJson.Default.ServerDescription, cancellation);

    /// <summary>Begins a check of the live store, or joins the one that runs; returns its job.</summary>
    public async Task<string> StartCheckAsync(CancellationToken cancellation)
    {
        var answer = await api.CallAsync("StartCheck", [], ClientJson.Default.JobIdAnswer, cancellation);
        return answer.JobId;
    }

    /// <summary>Waits until a job has ended and returns it.</summary>
    public async Task<JobMembers> WaitForJobAsync(
        string jobId, Action<long> progress, CancellationToken cancellation)
    {
        JobMembers? job = null;
        await Wait.UntilAsync(
            $"The job {jobId}",
            async () =>
            {
                job = await FindJobAsync(jobId, cancellation);
                progress(job.Progress);
                return job.JobState != "RUNNING";
            },
            CheckTimeMax,
            time,
            cancellation);
        return job ?? throw new InvalidOperationException("A finished wait has seen its job.");
    }

    private async Task<JobMembers> FindJobAsync(string jobId, CancellationToken cancellation)
    {
        var members = new JsonObject { ["JobIds"] = new JsonArray(jobId) };
        var answer = await api.CallAsync("DescribeJobs", members, ClientJson.Default.JobPage, cancellation);
        return answer.JobSet.Count > 0
            ? answer.JobSet[0]
            : throw new Output.CommandException(
                Output.ExitCode.NotFound, "JobNotFound", $"The server does not know the job {jobId}.",
                "It forgets its jobs when it restarts: start the check again.");
    }
}
