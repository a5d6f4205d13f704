namespace Tidemark.Api.Actions.TagActions;

/// <summary>A label as DescribeTags shows it. Labels live on resources and go with them.</summary>
internal sealed record WireOwnTag(string TagKey, string TagValue)
{
    public int CanDelete { get; }
}
