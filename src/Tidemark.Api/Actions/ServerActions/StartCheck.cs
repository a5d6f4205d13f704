using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.ServerActions;

/// <summary>
/// Extension: begins to verify everything reachable on the live store, as a job for DescribeJobs. While one check runs,
/// its id is answered again.
/// </summary>
internal static class StartCheck
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "StartCheck",
        Run,
        typeof(StartCheckResponse),
        "Begins to verify everything reachable on the live store, as a job for DescribeJobs.")
    {
        IsExtension = true,
        IsMutating = true,
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call) => new StartCheckResponse { JobId = call.Jobs.Start() };
}
