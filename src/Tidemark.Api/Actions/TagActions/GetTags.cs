using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.TagActions;

/// <summary>The different labels of all resources, page after page.</summary>
internal static class GetTags
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "GetTags",
        Run,
        typeof(GetTagsResponse),
        "The different labels of all resources, page after page.")
    {
        Product = CloudProduct.Tag,
        Parameters =
        [
            TagMembers.TagKeys,
            .. TagMembers.Continuation,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var query = TagMembers.ReadContinuation(call) with { Keys = TagMembers.ReadKeys(call) };
        var page = call.Domain.Labels.Pairs(query);
        return new GetTagsResponse
        {
            PaginationToken = TagMembers.NextToken(query, page.Items.Count, page.TotalCount),
            Tags = [.. page.Items.Select(tag => new WireTag(tag.Key, tag.Value))],
        };
    }
}
