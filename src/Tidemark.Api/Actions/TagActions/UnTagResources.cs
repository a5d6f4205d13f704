using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.TagActions;

/// <summary>Takes labels from resources of any kind; those that are not there are named.</summary>
internal static class UnTagResources
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "UnTagResources",
        Run,
        typeof(FailedResourcesResponse),
        "Takes labels from resources of any kind; those that are not there are named.")
    {
        Product = CloudProduct.Tag,
        IsMutating = true,
        Parameters =
        [
            TagMembers.ResourceList.Required,
            TagMembers.TagKeys.Required,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        return TagMembers.ChangeEach(call, [], TagMembers.RequireKeys(call), Action.Name);
    }
}
