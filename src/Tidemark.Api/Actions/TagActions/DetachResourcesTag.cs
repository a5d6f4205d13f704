using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.TagActions;

/// <summary>Takes a label from some resources of one kind.</summary>
internal static class DetachResourcesTag
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DetachResourcesTag",
        Run,
        typeof(ApiResponse),
        "Takes a label from some resources of one kind.")
    {
        Product = CloudProduct.Tag,
        IsMutating = true,
        Parameters =
        [
            TagMembers.ServiceType.Required,
            TagMembers.ResourceIds.Required,
            TagMembers.TagKey.Required,
            TagMembers.ResourcePrefix.Required,
            TagMembers.ResourceRegion,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var resources = TagMembers.ReadResources(call);
        var key = call.Parameters.RequiredText("TagKey");
        call.Domain.Labels.Change(resources, [], [key], Action.Name, call.Caller);
        return new ApiResponse();
    }
}
