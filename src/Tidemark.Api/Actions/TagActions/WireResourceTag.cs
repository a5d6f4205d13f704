using Tidemark.Disks.Labels;

namespace Tidemark.Api.Actions.TagActions;

/// <summary>A resource with its labels, as DescribeResourcesByTags shows it.</summary>
internal sealed class WireResourceTag(ResourceName resource, IReadOnlyList<WireTag> tags)
{
    public string ResourceRegion => resource.Region;

    public string ServiceType { get; } = ResourceName.Product;

    public string ResourcePrefix => resource.Prefix;

    public string ResourceId => resource.ResourceId;

    public IReadOnlyList<WireTag> Tags => tags;
}
