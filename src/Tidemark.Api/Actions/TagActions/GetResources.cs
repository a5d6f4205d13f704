using Tidemark.Api.Wire;
using Tidemark.Disks.Labels;

namespace Tidemark.Api.Actions.TagActions;

/// <summary>Resources that have labels, with them, page after page.</summary>
internal static class GetResources
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "GetResources",
        Run,
        typeof(GetResourcesResponse),
        "Resources that have labels, with them, page after page.")
    {
        Product = CloudProduct.Tag,
        Parameters =
        [
            TagMembers.ResourceList,
            TagMembers.TagFilters,
            .. TagMembers.Continuation,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var named = TagMembers.ReadResourceList(call).Select(text => ResourceName.Parse(text).ResourceId).ToList();
        var query = TagMembers.ReadContinuation(call) with
        {
            ResourceIds = named.Count > 0 ? named : null,
            OfResourcesWith = TagMembers.ReadFilters(call),
        };
        var page = call.Domain.Labels.Resources(query);
        return new GetResourcesResponse
        {
            PaginationToken = TagMembers.NextToken(query, page.Items.Count, page.TotalCount),
            ResourceTagMappingList =
            [
                .. TagMembers.WithTags(call, page.Items).Select(row => new WireTagMapping(row.Resource, row.Tags)),
            ],
        };
    }
}
