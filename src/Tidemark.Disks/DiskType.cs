using Tidemark.Disks.Types;

namespace Tidemark.Disks;

/// <summary>The names of the disk types; <see cref="DiskTypeTable"/> says what each offers.</summary>
public static class DiskType
{
    /// <summary>The type used when none is given.</summary>
    public const string Default = "CLOUD_PREMIUM";

    /// <summary>All accepted types.</summary>
    public static readonly IReadOnlyList<string> All = [.. DiskTypeTable.All.Select(rule => rule.Name)];
}
