using System.Globalization;
using Tidemark.Disks;
using Tidemark.Disks.Instances;

namespace Tidemark.Api.Actions.CvmActions;

/// <summary>
/// A host as the CVM API shows an instance: what is known of it, and for the rest the value that clients take for
/// "nothing". No member is ever null.
/// </summary>
internal sealed class WireInstance(Instance instance)
{
    public WirePlacement Placement { get; } = new(instance.Zone, 0);

    public string InstanceId => instance.InstanceId;

    public string InstanceType { get; } = "HOST";

    public int CPU { get; }

    public int Memory { get; }

    public string RestrictState { get; } = "NORMAL";

    public string InstanceName => instance.InstanceName;

    public string InstanceChargeType { get; } = ChargeType.Postpaid;

    public WireSystemDisk SystemDisk { get; } = new("", "", 0);

    public IReadOnlyList<WireDataDisk> DataDisks { get; } = [.. instance.Disks.Select(disk => new WireDataDisk(disk))];

    public IReadOnlyList<string> PrivateIpAddresses { get; } = instance.Address.Length == 0 ? [] : [instance.Address];

    public IReadOnlyList<string> PublicIpAddresses { get; } = [];

    public string ImageId { get; } = "";

    public string RenewFlag { get; } = "NOTIFY_AND_MANUAL_RENEW";

    /// <summary>ISO-8601 in UTC, without milliseconds, as CVM has it.</summary>
    public string CreatedTime =>
        instance.CreateTime.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    public string ExpiredTime { get; } = "";

    public string OsName { get; } = "";

    public IReadOnlyList<string> SecurityGroupIds { get; } = [];

    public string InstanceState => instance.InstanceState;

    public IReadOnlyList<Tag> Tags { get; } = [];

    public string StopChargingMode { get; } = "NOT_APPLICABLE";

    public string Uuid { get; } = "";
}
