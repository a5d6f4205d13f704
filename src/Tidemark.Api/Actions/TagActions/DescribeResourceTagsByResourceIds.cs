using Tidemark.Api.Wire;
using Tidemark.Disks.Labels;
using Tidemark.Disks.Queries;

namespace Tidemark.Api.Actions.TagActions;

/// <summary>Labels of some resources of one kind; of other products there are none.</summary>
internal static class DescribeResourceTagsByResourceIds
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DescribeResourceTagsByResourceIds",
        Run,
        typeof(DescribeResourceTagsByResourceIdsResponse),
        "Labels of some resources of one kind; of other products there are none.")
    {
        Product = CloudProduct.Tag,
        Parameters =
        [
            TagMembers.ServiceType.Required,
            TagMembers.ResourcePrefix.Required,
            TagMembers.ResourceIds.Required,
            TagMembers.ResourceRegion.Required,
            .. TagMembers.Paging,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var query = TagMembers.ReadPage(call) with
        {
            Region = call.Parameters.RequiredText("ResourceRegion"),
            Prefix = call.Parameters.RequiredText("ResourcePrefix"),
            ResourceIds = call.Parameters.RequiredTexts("ResourceIds", TagMembers.ResourcesMax),
        };
        call.Parameters.RequiredText("ServiceType");
        var page = TagMembers.IsHere(call) ? call.Domain.Labels.List(query) : new Page<Label>(0, []);
        return new DescribeResourceTagsByResourceIdsResponse
        {
            TotalCount = page.TotalCount,
            Offset = query.Offset,
            Limit = query.Limit,
            Tags = [.. page.Items.Select(label => new WireTagResource(label))],
        };
    }
}
