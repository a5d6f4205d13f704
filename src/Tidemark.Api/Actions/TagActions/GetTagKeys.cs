using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.TagActions;

/// <summary>The different keys of the labels of all resources, page after page.</summary>
internal static class GetTagKeys
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "GetTagKeys",
        Run,
        typeof(GetTagKeysResponse),
        "The different keys of the labels of all resources, page after page.")
    {
        Product = CloudProduct.Tag,
        Parameters =
        [
            .. TagMembers.Continuation,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var query = TagMembers.ReadContinuation(call);
        var page = call.Domain.Labels.Keys(query);
        return new GetTagKeysResponse
        {
            PaginationToken = TagMembers.NextToken(query, page.Items.Count, page.TotalCount),
            TagKeys = page.Items,
        };
    }
}
