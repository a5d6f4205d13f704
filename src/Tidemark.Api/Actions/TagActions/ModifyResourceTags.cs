using Tidemark.Api.Wire;
using Tidemark.Disks.Labels;

namespace Tidemark.Api.Actions.TagActions;

/// <summary>Sets and removes labels of one resource.</summary>
internal static class ModifyResourceTags
{
    private const int KeysMax = 10;

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "ModifyResourceTags",
        Run,
        typeof(ApiResponse),
        "Sets and removes labels of one resource.")
    {
        Product = CloudProduct.Tag,
        IsMutating = true,
        Parameters =
        [
            ApiParameter.Text("Resource", "In six parts: qcs::cvm:REGION:uin/ACCOUNT:KIND/ID.").Required,
            TagMembers.Tags("ReplaceTags", "Labels to add, or to give another value; at most 10."),
            ApiParameter.Objects(
                "DeleteTags",
                "Labels to remove; at most 10.",
                ApiParameter.Text("TagKey", "The key.").Required),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var resource = ResourceName.Parse(call.Parameters.RequiredText("Resource"));
        var replaced = TagMembers.ReadTags(call, "ReplaceTags");
        var deleted = call.Parameters.Objects("DeleteTags", KeysMax, tag => tag.RequiredText("TagKey"));
        if (replaced is null or { Count: 0 } && deleted is null or { Count: 0 })
            throw new ApiException(ErrorCodes.MissingParameter, "Give ReplaceTags, DeleteTags or both.");

        call.Domain.Labels.Change([resource], replaced ?? [], deleted ?? [], Action.Name, call.Caller);
        return new ApiResponse();
    }
}
