using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.DiskActions;

/// <summary>Extension: brings terminated disks back that the server still keeps, all or none.</summary>
internal static class RestoreDisks
{
    private const int DiskIdsMax = 100;

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "RestoreDisks",
        Run,
        typeof(ApiResponse),
        "Brings terminated disks back that the server still keeps, all or none.")
    {
        IsMutating = true,
        IsExtension = true,
        Parameters =
        [
            ApiParameter.Texts("DiskIds", "1 to 100 disks that DescribeDeletedDisks lists.").Required,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        call.Domain.Deleted.Restore(call.Parameters.RequiredTexts("DiskIds", DiskIdsMax), call.Caller);
        return new ApiResponse();
    }
}
