using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.TagActions;

/// <summary>The different values that labels of some keys have.</summary>
internal static class DescribeTagValues
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DescribeTagValues",
        Run,
        typeof(DescribeTagValuesResponse),
        "The different values that labels of some keys have.")
    {
        Product = CloudProduct.Tag,
        Parameters =
        [
            TagMembers.TagKeys.Required,
            .. TagMembers.Paging,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var query = TagMembers.ReadPage(call) with { Keys = TagMembers.RequireKeys(call) };
        var page = call.Domain.Labels.Pairs(query);
        return new DescribeTagValuesResponse
        {
            TotalCount = page.TotalCount,
            Offset = query.Offset,
            Limit = query.Limit,
            Tags = [.. page.Items.Select(tag => new WireTag(tag.Key, tag.Value))],
        };
    }
}
