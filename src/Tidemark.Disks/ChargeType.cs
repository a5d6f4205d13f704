namespace Tidemark.Disks;

/// <summary>How a disk is paid for: no money here, but it decides what terminating means.</summary>
public static class ChargeType
{
    /// <summary>Paid by the hour: terminated at once.</summary>
    public const string Postpaid = "POSTPAID_BY_HOUR";

    /// <summary>Paid ahead: terminated into the recycle bin first.</summary>
    public const string Prepaid = "PREPAID";

    /// <summary>Of a dedicated cluster; treated as postpaid.</summary>
    public const string Cdc = "CDCPAID";

    /// <summary>The older name of <see cref="Cdc"/>.</summary>
    public const string DedicatedCluster = "DEDICATED_CLUSTER_PAID";

    /// <summary>All accepted ones.</summary>
    public static readonly IReadOnlyList<string> All = [Postpaid, Prepaid, Cdc, DedicatedCluster];
}
