using Tidemark.Api.Wire;
using Tidemark.Disks;

namespace Tidemark.Api.Actions.TagActions;

/// <summary>Gives some resources of one kind a label, or the label another value.</summary>
internal static class AttachResourcesTag
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "AttachResourcesTag",
        Run,
        typeof(ApiResponse),
        "Gives some resources of one kind a label, or the label another value.")
    {
        Product = CloudProduct.Tag,
        IsMutating = true,
        Parameters =
        [
            TagMembers.ServiceType.Required,
            TagMembers.ResourceIds.Required,
            TagMembers.TagKey.Required,
            TagMembers.TagValue.Required,
            TagMembers.ResourcePrefix.Required,
            TagMembers.ResourceRegion,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var resources = TagMembers.ReadResources(call);
        var key = call.Parameters.RequiredText("TagKey");
        var tag = new Tag(key, call.Parameters.Text("TagValue") ?? "");
        call.Domain.Labels.Change(resources, [tag], [], Action.Name, call.Caller);
        return new ApiResponse();
    }
}
