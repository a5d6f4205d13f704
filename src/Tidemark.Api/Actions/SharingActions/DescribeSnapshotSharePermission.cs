using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.SharingActions;

/// <summary>Tells with whom a snapshot is shared.</summary>
internal static class DescribeSnapshotSharePermission
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DescribeSnapshotSharePermission",
        Run,
        typeof(DescribeSnapshotSharePermissionResponse),
        "Tells with which accounts a snapshot is shared, and since when.")
    {
        Parameters =
        [
            ApiParameter.Text("SnapshotId", "The snapshot.").Required,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var shares = call.Domain.Sharing.List(call.Parameters.RequiredText("SnapshotId"), call.Caller.Scope);
        return new DescribeSnapshotSharePermissionResponse
        {
            SharePermissionSet =
            [
                .. shares.Select(share => new WireSharePermission(
                    WireTime.Plain(share.CreateTime), share.AccountId)),
            ],
        };
    }
}
