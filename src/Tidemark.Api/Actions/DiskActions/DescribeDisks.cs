using Tidemark.Api.Wire;
using Tidemark.Disks.Queries;

namespace Tidemark.Api.Actions.DiskActions;

/// <summary>Lists disks, a page at a time. An unknown id is no error: it is simply not in the list.</summary>
internal static class DescribeDisks
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DescribeDisks",
        Run,
        typeof(DescribeDisksResponse),
        "Lists disks, a page at a time. An unknown id is no error: it is simply not in the list.")
    {
        RequestsPerSecond = 100,
        Parameters =
        [
            .. SharedMembers.Query("DiskIds"),
            ApiParameter.Flag("ReturnBindAutoSnapshotPolicy", "Whether AutoSnapshotPolicyIds is filled in."),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var request = Request.Read(call.Parameters);
        var page = call.Domain.Disks.List(request.Query, call.Caller.Scope);
        var now = call.Domain.Options.Time.GetUtcNow();
        return new DescribeDisksResponse
        {
            TotalCount = page.TotalCount,
            DiskSet = [.. page.Items.Select(disk => new WireDisk(disk, now, request.ReturnBindAutoSnapshotPolicy))],
        };
    }

    private sealed record Request(ListQuery Query, bool ReturnBindAutoSnapshotPolicy)
    {
        public static Request Read(ParameterReader parameters) => new(
            SharedMembers.ReadQuery(parameters, "DiskIds"),
            parameters.Flag("ReturnBindAutoSnapshotPolicy") ?? false);
    }
}
