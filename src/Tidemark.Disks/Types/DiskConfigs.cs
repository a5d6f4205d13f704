namespace Tidemark.Disks.Types;

/// <summary>What may be created: every zone, type, usage and way of paying, as types and options say.</summary>
public sealed class DiskConfigs
{
    private static readonly string[] InquiryTypes = [DiskConfigQuery.DisksAlone, DiskConfigQuery.WithInstances];
    private static readonly string[] ChargeTypesShown = [ChargeType.Prepaid, ChargeType.Postpaid];
    private static readonly string[] Usages = [DiskUsage.System, DiskUsage.Data];

    private readonly DomainOptions _options;

    internal DiskConfigs(DomainOptions options) => _options = options;

    /// <summary>The configurations of a region that fit the query, in a fixed order.</summary>
    /// <exception cref="DomainException">A filter has a value that does not exist.</exception>
    public IReadOnlyList<DiskConfig> List(DiskConfigQuery query, string region)
    {
        var inquiry = RequestRules.Choice(
            RequestRules.Required(query.InquiryType, "InquiryType"), "InquiryType", InquiryTypes, string.Empty);
        var zones = Chosen(query.Zones, "Zones", _options.ZonesOf(region));
        var types = Chosen(query.DiskTypes, "DiskTypes", DiskType.All);
        string[] usages = string.IsNullOrEmpty(query.DiskUsage)
            ? Usages
            : [RequestRules.Choice(query.DiskUsage, "DiskUsage", Usages, string.Empty)];
        string[] chargeTypes = string.IsNullOrEmpty(query.ChargeType)
            ? ChargeTypesShown
            : [RequestRules.Choice(query.ChargeType, "DiskChargeType", ChargeType.All, string.Empty)];
        if (!string.IsNullOrEmpty(query.DedicatedClusterId))
            return [];
        IReadOnlyList<string?> families = [null];
        if (inquiry == DiskConfigQuery.WithInstances && query.InstanceFamilies is { Count: > 0 } asked)
            families = asked;
        return
        [
            .. from zone in zones
               from type in DiskTypeTable.All
               where types.Contains(type.Name)
               from usage in usages
               from chargeType in chargeTypes
               from family in families
               select Describe(type, zone, usage, chargeType, family),
        ];
    }

    // Disks are made as data disks only: an instance's system disk is not this server's to make.
    private DiskConfig Describe(DiskTypeRule type, string zone, string usage, string chargeType, string? family) =>
        new(zone, type.Name, usage, chargeType, family)
        {
            IsAvailable = usage == DiskUsage.Data,
            GiBMin = _options.StrictSizes ? type.GiBMin : 1,
            GiBMax = _options.StrictSizes ? type.GiBMax : DiskSize.GiBMax,
            StepGiB = _options.StrictSizes ? type.StepGiB : 1,
            ExtraMiBMax = type.ExtraMiBMax,
        };

    private static IReadOnlyList<string> Chosen(
        IReadOnlyList<string>? given, string parameter, IReadOnlyList<string> known)
    {
        if (given is not { Count: > 0 })
            return known;
        foreach (var value in given)
            RequestRules.Choice(value, parameter, known, string.Empty);
        return given;
    }
}
