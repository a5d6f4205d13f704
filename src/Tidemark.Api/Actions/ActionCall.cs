using Tidemark.Api.Jobs;
using Tidemark.Api.Wire;
using Tidemark.Disks;

namespace Tidemark.Api.Actions;

/// <summary>One authenticated request on its way to its action, with what the action may use.</summary>
internal sealed record ActionCall
{
    /// <summary>The disks and snapshots.</summary>
    public required DiskDomain Domain { get; init; }

    /// <summary>What the face was started with.</summary>
    public required ApiOptions Options { get; init; }

    /// <summary>Long work that clients ask for and come back to.</summary>
    public required CheckJobs Jobs { get; init; }

    /// <summary>The request's members.</summary>
    public required ParameterReader Parameters { get; init; }

    /// <summary>On whose behalf, and what that account sees.</summary>
    public required Caller Caller { get; init; }
}
