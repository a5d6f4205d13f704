using Tidemark.Api.Wire;
using Tidemark.Disks.Labels;
using Tidemark.Disks.Queries;

namespace Tidemark.Api.Actions.TagActions;

/// <summary>Labels of resources that meet all conditions given.</summary>
internal static class DescribeResourceTags
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DescribeResourceTags",
        Run,
        typeof(DescribeResourceTagsResponse),
        "Labels of resources that meet all conditions given.")
    {
        Product = CloudProduct.Tag,
        Parameters =
        [
            TagMembers.ServiceType,
            TagMembers.ResourcePrefix,
            TagMembers.ResourceRegion,
            ApiParameter.Text("ResourceId", "Only labels of this resource."),
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
        };
        var page = TagMembers.IsHere(call) ? call.Domain.Labels.List(query) : new Page<Label>(0, []);
        return new DescribeResourceTagsResponse
        {
            TotalCount = page.TotalCount,
            Offset = query.Offset,
            Limit = query.Limit,
            Rows = [.. page.Items.Select(label => new WireTagResource(label))],
        };
    }
}
