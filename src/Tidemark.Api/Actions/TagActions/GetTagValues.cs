using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.TagActions;

/// <summary>The different values that labels of some keys have, page after page.</summary>
internal static class GetTagValues
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "GetTagValues",
        Run,
        typeof(GetTagsResponse),
        "The different values that labels of some keys have, page after page.")
    {
        Product = CloudProduct.Tag,
        Parameters =
        [
            TagMembers.TagKeys.Required,
            .. TagMembers.Continuation,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        TagMembers.RequireKeys(call);
        return GetTags.Run(call);
    }
}
