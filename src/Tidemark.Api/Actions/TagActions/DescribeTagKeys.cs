using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.TagActions;

/// <summary>The different keys of the labels of all resources.</summary>
internal static class DescribeTagKeys
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DescribeTagKeys",
        Run,
        typeof(DescribeTagKeysResponse),
        "The different keys of the labels of all resources.")
    {
        Product = CloudProduct.Tag,
        Parameters =
        [
            .. TagMembers.Paging,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var query = TagMembers.ReadPage(call);
        var page = call.Domain.Labels.Keys(query);
        return new DescribeTagKeysResponse
        {
            TotalCount = page.TotalCount,
            Offset = query.Offset,
            Limit = query.Limit,
            Tags = page.Items,
        };
    }
}
