using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.TagActions;

/// <summary>The different labels of all resources.</summary>
internal static class DescribeTags
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DescribeTags",
        Run,
        typeof(DescribeTagsResponse),
        "The different labels of all resources.")
    {
        Product = CloudProduct.Tag,
        Parameters =
        [
            TagMembers.TagKey,
            TagMembers.TagValue,
            TagMembers.TagKeys,
            .. TagMembers.Paging,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var query = TagMembers.ReadPage(call) with
        {
            Keys = TagMembers.ReadKeys(call) ?? (TagMembers.Text(call, "TagKey") is { } key ? [key] : null),
            Value = TagMembers.Text(call, "TagValue"),
        };
        var page = call.Domain.Labels.Pairs(query);
        return new DescribeTagsResponse
        {
            TotalCount = page.TotalCount,
            Offset = query.Offset,
            Limit = query.Limit,
            Tags = [.. page.Items.Select(tag => new WireOwnTag(tag.Key, tag.Value))],
        };
    }
}
