using Tidemark.Api.Wire;
using Tidemark.Disks.Labels;
using Tidemark.Disks.Queries;

namespace Tidemark.Api.Actions.TagActions;

/// <summary>Resources that have all the labels given.</summary>
internal static class DescribeResourcesByTags
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DescribeResourcesByTags",
        Run,
        typeof(DescribeResourcesByTagsResponse),
        "Resources that have all the labels given.")
    {
        Product = CloudProduct.Tag,
        Parameters =
        [
            TagMembers.TagFilters.Required,
            TagMembers.ServiceType,
            TagMembers.ResourcePrefix,
            TagMembers.ResourceRegion,
            ApiParameter.Text("ResourceId", "Only this resource."),
            .. TagMembers.Paging,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var query = TagMembers.ReadPage(call) with
        {
            Region = TagMembers.Text(call, "ResourceRegion"),
            Prefix = TagMembers.Text(call, "ResourcePrefix"),
            ResourceIds = TagMembers.Text(call, "ResourceId") is { } resourceId ? [resourceId] : null,
            OfResourcesWith = TagMembers.ReadFilters(call),
        };
        if (query.OfResourcesWith.Count == 0)
            throw new ApiException(ErrorCodes.MissingParameter, "Parameter TagFilters is required.");
        var page = TagMembers.IsHere(call)
            ? call.Domain.Labels.Resources(query)
            : new Page<ResourceName>(0, []);
        return new DescribeResourcesByTagsResponse
        {
            TotalCount = page.TotalCount,
            Offset = query.Offset,
            Limit = query.Limit,
            Rows =
            [
                .. TagMembers.WithTags(call, page.Items).Select(row => new WireResourceTag(row.Resource, row.Tags)),
            ],
        };
    }
}
