using Tidemark.Disks.Labels;

namespace Tidemark.Api.Actions.TagActions;

/// <summary>A resource with its labels, as GetResources shows it.</summary>
internal sealed class WireTagMapping(ResourceName resource, IReadOnlyList<WireTag> tags)
{
    public string Resource => resource.ToString();

    public IReadOnlyList<WireTag> Tags => tags;
}
