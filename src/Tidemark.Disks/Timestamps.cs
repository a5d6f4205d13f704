namespace Tidemark.Disks;

/// <summary>Times as the catalog keeps them: milliseconds since 1970, UTC.</summary>
internal static class Timestamps
{
    /// <summary>The time of a column.</summary>
    public static DateTimeOffset FromColumn(long value) => DateTimeOffset.FromUnixTimeMilliseconds(value);

    /// <summary>The time of a column that may be null.</summary>
    public static DateTimeOffset? FromColumn(long? value) => value is { } present ? FromColumn(present) : null;

    /// <summary>The column of a time.</summary>
    public static long? ToColumn(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();
}
