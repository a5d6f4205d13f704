using System.Globalization;

namespace Tidemark.Api.Wire;

/// <summary>Times as the CBS API writes them: most without an offset, in the local time of China.</summary>
internal static class WireTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary><c>YYYY-MM-DD hh:mm:ss</c>, UTC+8.</summary>
    public static string Plain(DateTimeOffset time) =>
        time.ToOffset(Offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary><c>YYYY-MM-DD</c>, UTC+8.</summary>
    public static string Day(DateTimeOffset time) =>
        time.ToOffset(Offset).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>ISO-8601 with the offset of China, as a few members of the API have it.</summary>
    public static string WithOffset(DateTimeOffset time) =>
        time.ToOffset(Offset).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>ISO-8601 in UTC with milliseconds, as the extension actions have it.</summary>
    public static string Utc(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    /// <summary>Reads ISO-8601; a time without an offset is taken as UTC. Null when it is not a time.</summary>
    public static DateTimeOffset? Parse(string text) =>
        text.Length <= 64 && text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time)
            ? time
            : null;
}
