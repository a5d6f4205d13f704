using Tidemark.Api.Wire;
using Tidemark.Disks;
using Tidemark.Disks.Types;

namespace Tidemark.Api.Actions.DiskActions;

/// <summary>Which disks may be created: a row for each zone, type, usage and way of paying.</summary>
internal static class DescribeDiskConfigQuota
{
    private const int ValuesMax = 100;

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DescribeDiskConfigQuota",
        Run,
        typeof(DescribeDiskConfigQuotaResponse),
        "Which disks may be created: a row for each zone, type, usage and way of paying.")
    {
        Parameters =
        [
            ApiParameter.Text(
                "InquiryType", "Disks alone, or together with kinds of instances.", DiskConfigQuery.DisksAlone,
                DiskConfigQuery.WithInstances).Required,
            ApiParameter.Text("DiskChargeType", "Only this way of paying.", [.. ChargeType.All]),
            ApiParameter.Texts("InstanceFamilies", "Kinds of instances; a row for each, when asked together."),
            ApiParameter.Texts("DiskTypes", "Only these types."),
            ApiParameter.Texts("Zones", "Only these zones."),
            ApiParameter.Number("Memory", "GiB of the instance; accepted, for disks do not depend on it."),
            ApiParameter.Text("DiskUsage", "Only this usage.", DiskUsage.System, DiskUsage.Data),
            ApiParameter.Number("CPU", "Processors of the instance; accepted, for disks do not depend on them."),
            ApiParameter.Text("DedicatedClusterId", "There are none: nothing is offered in one."),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var parameters = call.Parameters;
        var query = new DiskConfigQuery
        {
            InquiryType = parameters.RequiredText("InquiryType"),
            ChargeType = parameters.Text("DiskChargeType"),
            InstanceFamilies = parameters.Texts("InstanceFamilies", ValuesMax),
            DiskTypes = parameters.Texts("DiskTypes", ValuesMax),
            Zones = parameters.Texts("Zones", ValuesMax),
            MemoryGiB = parameters.Number("Memory"),
            DiskUsage = parameters.Text("DiskUsage"),
            CpuCount = parameters.Number("CPU"),
            DedicatedClusterId = parameters.Text("DedicatedClusterId"),
        };
        var region = call.Domain.Options.HomeOf(call.Caller).Region;
        return new DescribeDiskConfigQuotaResponse
        {
            DiskConfigSet = [.. call.Domain.Configs.List(query, region).Select(config => new WireDiskConfig(config))],
        };
    }
}
