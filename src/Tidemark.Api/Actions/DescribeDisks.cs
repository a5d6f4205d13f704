using Tidemark.Api.Wire;
using Tidemark.Disks.Queries;

namespace Tidemark.Api.Actions;

/// <summary>Lists disks, a page at a time. An unknown id is no error: it is simply not in the list.</summary>
internal static class DescribeDisks
{
    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var request = Request.Read(call.Parameters);
        var page = call.Domain.Disks.List(request.Query);
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
