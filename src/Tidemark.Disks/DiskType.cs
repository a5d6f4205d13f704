namespace Tidemark.Disks;

/// <summary>The disk types of the CBS API. All are served alike here; the type is kept and shown.</summary>
public static class DiskType
{
    /// <summary>The type used when none is given.</summary>
    public const string Default = "CLOUD_PREMIUM";

    /// <summary>All accepted types.</summary>
    public static readonly IReadOnlyList<string> All =
        ["CLOUD_BASIC", "CLOUD_PREMIUM", "CLOUD_BSSD", "CLOUD_SSD", "CLOUD_HSSD", "CLOUD_TSSD"];
}
