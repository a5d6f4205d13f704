using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.DiskActions;

/// <summary>Extension: lists terminated disks that can still be brought back.</summary>
internal static class DescribeDeletedDisks
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DescribeDeletedDisks",
        Run,
        typeof(DescribeDeletedDisksResponse),
        "Lists terminated disks that can still be brought back.")
    {
        IsExtension = true,
        Parameters =
        [
            .. SharedMembers.Query("DiskIds"),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var query = SharedMembers.ReadQuery(call.Parameters, "DiskIds");
        var deleted = call.Domain.Deleted;
        var page = deleted.List(query, call.Caller.Scope);
        return new DescribeDeletedDisksResponse
        {
            TotalCount = page.TotalCount,
            DiskSet = [.. page.Items.Select(disk => new WireDeletedDisk(disk, deleted.DestroyTime(disk)))],
        };
    }
}
