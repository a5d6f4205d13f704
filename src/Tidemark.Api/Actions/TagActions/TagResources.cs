using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.TagActions;

/// <summary>Gives labels to resources of any kind; those that cannot have them are named.</summary>
internal static class TagResources
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "TagResources",
        Run,
        typeof(FailedResourcesResponse),
        "Gives labels to resources of any kind; those that cannot have them are named.")
    {
        Product = CloudProduct.Tag,
        IsMutating = true,
        Parameters =
        [
            TagMembers.ResourceList.Required,
            TagMembers.Tags("Tags", "Labels to add, or to give another value; at most 10.").Required,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var tags = TagMembers.ReadTags(call, "Tags");
        if (tags is null or { Count: 0 })
            throw new ApiException(ErrorCodes.MissingParameter, "Parameter Tags is required.");

        return TagMembers.ChangeEach(call, tags, [], Action.Name);
    }
}
