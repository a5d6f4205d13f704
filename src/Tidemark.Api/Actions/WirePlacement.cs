namespace Tidemark.Api.Actions;

/// <summary>
/// Where a disk or snapshot belongs. Clients dereference Zone and ProjectId; nothing here is ever null.
/// </summary>
internal sealed record WirePlacement(string Zone, long ProjectId)
{
    public string ProjectName { get; } = "";

    public string CageId { get; } = "";

    public string CdcId { get; } = "";

    public string CdcName { get; } = "";

    public string DedicatedClusterId { get; } = "";
}
