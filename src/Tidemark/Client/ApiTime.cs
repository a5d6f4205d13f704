using System.Globalization;

namespace Tidemark.Client;

/// <summary>The API's times without offset, which are of the zone UTC+8.</summary>
internal static class ApiTime
{
    private static readonly TimeSpan Zone = TimeSpan.FromHours(8);

    /// <summary>The instant that a text of the API means; null when it is none.</summary>
    public static DateTimeOffset? Parse(string text) => DateTime.TryParseExact(
        text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? new DateTimeOffset(time, Zone)
            : null;

    /// <summary>The same instant in UTC, for people.</summary>
    public static string Utc(string text) => Parse(text) is { } time ? Utc(time) : text;

    /// <summary>An instant in UTC, for people.</summary>
    public static string Utc(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
